// The benches in Go: unbuffered channels, select by reflection where the number of channels is known only at run time.
// The name of the program says which, NAME or NAME.SIZE; the argument is the count.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

func prefix(first int, in, out chan int) {
	out <- first
	for x := range in {
		out <- x
	}
}

func delta(in, left, right chan int) {
	for x := range in {
		left <- x
		right <- x
	}
}

func parDelta(in, left, right chan int) {
	for x := range in {
		var both sync.WaitGroup
		both.Add(2)
		go func() { left <- x; both.Done() }()
		go func() { right <- x; both.Done() }()
		both.Wait()
	}
}

func succ(in, out chan int) {
	for x := range in {
		out <- x + 1
	}
}

func commstime(n int, delta func(in, left, right chan int)) {
	a, b, c, d := make(chan int), make(chan int), make(chan int), make(chan int)
	go prefix(0, c, a)
	go delta(a, b, d)
	go succ(b, c)
	consume(d, n)
}

func consume(in chan int, n int) {
	sum := 0
	for i := 0; i < n; i++ {
		sum += <-in
	}
	fmt.Println(sum)
}

func prodcons(n int) {
	c := make(chan int)
	go func() {
		for i := 0; i < n; i++ {
			c <- i
		}
	}()
	consume(c, n)
}

func ring(n, size int) {
	c := make([]chan int, size)
	for i := range c {
		c[i] = make(chan int)
	}
	for i := 1; i < size; i++ {
		go succ(c[i-1], c[i])
	}
	token := 0
	for i := 0; i < n; i++ {
		c[0] <- token + 1
		token = <-c[size-1]
	}
	fmt.Println(token)
}

func altAll(n, size int) {
	cases := make([]reflect.SelectCase, size)
	for i := range cases {
		c := make(chan int)
		cases[i] = reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(c)}
		go func() {
			for {
				c <- 1
			}
		}()
	}
	sum := 0
	for i := 0; i < n; i++ {
		_, x, _ := reflect.Select(cases)
		sum += int(x.Int())
	}
	fmt.Println(sum)
}

func spawnEach(n int) {
	for i := 0; i < n; i++ {
		var one sync.WaitGroup
		one.Add(1)
		go one.Done()
		one.Wait()
	}
	fmt.Println(n)
}

func main() {
	name, suffix, _ := strings.Cut(filepath.Base(os.Args[0]), ".")
	n, _ := strconv.Atoi(os.Args[1])
	size, _ := strconv.Atoi(suffix)
	switch name {
	case "commstime":
		commstime(n, delta)
	case "pardelta":
		commstime(n, parDelta)
	case "prodcons":
		prodcons(n)
	case "ring":
		ring(n, size)
	case "alt_all":
		altAll(n, size)
	case "spawn_each":
		spawnEach(n)
	default:
		os.Exit(2)
	}
}
