//! The benches in Rust with crossbeam: channels without a buffer, and threads of the operating system. The name of the
//! program says which, NAME or NAME.SIZE; the argument is the count.
use crossbeam_channel::{bounded, Receiver, Select, Sender};
use std::thread;

type In = Receiver<i32>;
type Out = Sender<i32>;

fn start<F: FnOnce() + Send + 'static>(body: F) -> thread::JoinHandle<()> {
    thread::Builder::new().stack_size(64 * 1024).spawn(body).unwrap()
}

fn prefix(first: i32, input: In, output: Out) {
    output.send(first).unwrap();
    for x in input {
        output.send(x).unwrap();
    }
}

fn delta(input: In, left: Out, right: Out) {
    for x in input {
        left.send(x).unwrap();
        right.send(x).unwrap();
    }
}

fn par_delta(input: In, left: Out, right: Out) {
    for x in input {
        let (left, right) = (left.clone(), right.clone());
        let both = [start(move || left.send(x).unwrap()), start(move || right.send(x).unwrap())];
        for one in both {
            one.join().unwrap();
        }
    }
}

fn succ(input: In, output: Out) {
    for x in input {
        output.send(x + 1).unwrap();
    }
}

/// Keeps the receiver, so that who goes on sending meets no error.
fn consume(input: In, n: i32) -> i64 {
    let sum = (0..n).map(|_| input.recv().unwrap() as i64).sum();
    std::mem::forget(input);
    sum
}

fn commstime(n: i32, delta: fn(In, Out, Out)) -> i64 {
    let (a, b, c, d) = (bounded(0), bounded(0), bounded(0), bounded(0));
    start(move || prefix(0, c.1, a.0));
    start(move || delta(a.1, b.0, d.0));
    start(move || succ(b.1, c.0));
    consume(d.1, n)
}

fn prodcons(n: i32) -> i64 {
    let c = bounded(0);
    start(move || (0..n).for_each(|i| c.0.send(i).unwrap()));
    consume(c.1, n)
}

fn ring(n: i32, size: usize) -> i64 {
    let (first, mut input): (Out, In) = bounded(0);
    for _ in 1..size {
        let next = bounded(0);
        start(move || succ(input, next.0));
        input = next.1;
    }
    let mut token = 0;
    for _ in 0..n {
        first.send(token + 1).unwrap();
        token = input.recv().unwrap();
    }
    std::mem::forget((first, input));
    token as i64
}

fn alt_all(n: i32, size: usize) -> i64 {
    let mut inputs = Vec::new();
    for _ in 0..size {
        let c = bounded(0);
        start(move || loop {
            c.0.send(1).unwrap();
        });
        inputs.push(c.1);
    }
    let inputs = inputs.leak();
    let mut select = Select::new();
    for input in inputs.iter() {
        select.recv(input);
    }
    let mut sum = 0;
    for _ in 0..n {
        let chosen = select.select();
        let index = chosen.index();
        sum += chosen.recv(&inputs[index]).unwrap() as i64;
    }
    sum
}

fn spawn_each(n: i32) -> i64 {
    for _ in 0..n {
        start(|| {}).join().unwrap();
    }
    n as i64
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let program = arguments[0].rsplit('/').next().unwrap();
    let (name, size) = program.split_once('.').unwrap_or((program, "0"));
    let (n, size) = (arguments[1].parse().unwrap(), size.parse().unwrap());
    let result = match name {
        "commstime" => commstime(n, delta),
        "pardelta" => commstime(n, par_delta),
        "prodcons" => prodcons(n),
        "ring" => ring(n, size),
        "alt_all" => alt_all(n, size),
        "spawn_each" => spawn_each(n),
        _ => std::process::exit(2),
    };
    println!("{}", result);
    std::process::exit(0); // some threads wait for ever
}
