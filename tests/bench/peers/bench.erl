%% The benches in Erlang. A process has no channels but one mailbox; a communication is a message and its acknowledgement,
%% so that the sender waits for the receiver as elsewhere. An alt is a receive that takes what comes from anybody.
%% erl ... -run bench main NAME[.SIZE] COUNT
-module(bench).
-export([main/1]).

send(To, X) ->
    To ! {self(), X},
    receive taken -> ok end.

take() ->
    receive {From, X} -> From ! taken, X end.

%% Begins with the processes that it is to send to.
start(Body) ->
    spawn_link(fun() -> receive {to, Others} -> Body(Others) end end).

prefix([To]) -> send(To, 0), copy(To).

copy(To) -> send(To, take()), copy(To).

delta([Left, Right] = To) ->
    X = take(),
    send(Left, X),
    send(Right, X),
    delta(To).

par_delta([Left, Right] = To) ->
    X = take(),
    Self = self(),
    spawn_link(fun() -> send(Left, X), Self ! done end),
    spawn_link(fun() -> send(Right, X), Self ! done end),
    receive done -> receive done -> ok end end,
    par_delta(To).

succ([To]) -> send(To, take() + 1), succ([To]).

consume(0, Sum) -> Sum;
consume(N, Sum) -> consume(N - 1, Sum + take()).

commstime(N, Delta) ->
    Prefix = start(fun prefix/1),
    D = start(Delta),
    Succ = start(fun succ/1),
    Prefix ! {to, [D]},
    D ! {to, [Succ, self()]},
    Succ ! {to, [Prefix]},
    consume(N, 0).

prodcons(N) ->
    Producer = start(fun([To]) -> [send(To, I) || I <- lists:seq(0, N - 1)] end),
    Producer ! {to, [self()]},
    consume(N, 0).

ring(N, Size) ->
    First = lists:foldl(fun(_, To) -> P = start(fun succ/1), P ! {to, [To]}, P end, self(), lists:seq(2, Size)),
    lists:foldl(fun(_, Token) -> send(First, Token + 1), take() end, 0, lists:seq(1, N)).

alt_all(N, Size) ->
    [start(fun for_ever/1) ! {to, [self()]} || _ <- lists:seq(1, Size)],
    consume(N, 0).

for_ever([To]) -> send(To, 1), for_ever([To]).

spawn_each(N) ->
    Self = self(),
    [begin spawn(fun() -> Self ! done end), receive done -> ok end end || _ <- lists:seq(1, N)],
    N.

run("commstime", N, _) -> commstime(N, fun delta/1);
run("pardelta", N, _) -> commstime(N, fun par_delta/1);
run("prodcons", N, _) -> prodcons(N);
run("ring", N, Size) -> ring(N, Size);
run("alt_all", N, Size) -> alt_all(N, Size);
run("spawn_each", N, _) -> spawn_each(N).

main([Program, Count]) ->
    [Name | Size] = string:split(Program, "."),
    Result = run(Name, list_to_integer(Count), list_to_integer(lists:append(["0" | Size]))),
    io:format("~b~n", [Result]),
    halt().
