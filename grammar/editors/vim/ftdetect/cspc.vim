" Vim gives *.csp to the checker FDR; here they are programs of cspc.
autocmd BufNewFile,BufRead *.csp set filetype=cspc
