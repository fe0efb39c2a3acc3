// Starts `cspc lsp` for .csp files. Without vscode-languageclient (npm install) there are colours only.
"use strict";

const vscode = require("vscode");

let client;

function activate() {
    let languageClient;
    try {
        languageClient = require("vscode-languageclient/node");
    } catch {
        return undefined;
    }
    const command = vscode.workspace.getConfiguration("cspc").get("path", "cspc");
    client = new languageClient.LanguageClient(
        "cspc",
        "cspc",
        { command, args: ["lsp"] },
        { documentSelector: [{ language: "cspc" }] },
    );
    return client.start();
}

function deactivate() {
    return client ? client.stop() : undefined;
}

module.exports = { activate, deactivate };
