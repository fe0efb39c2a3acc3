// The benches with Boost.Fiber: unbuffered channels; it has no alt. The name of the program says which, NAME or NAME.SIZE;
// the argument is the count.
#include <boost/fiber/all.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <string>

namespace fibers = boost::fibers;
using channel = fibers::unbuffered_channel<int>;

static void start(std::function<void()> body)
{
    fibers::fiber(std::allocator_arg, fibers::fixedsize_stack(16 * 1024), std::move(body)).detach();
}

static void prefix(int first, channel &in, channel &out)
{
    out.push(first);
    for (;;)
        out.push(in.value_pop());
}

static void delta(channel &in, channel &left, channel &right)
{
    for (;;) {
        int x = in.value_pop();
        left.push(x);
        right.push(x);
    }
}

static void par_delta(channel &in, channel &left, channel &right)
{
    for (;;) {
        int x = in.value_pop();
        fibers::fiber a([&] { left.push(x); }), b([&] { right.push(x); });
        a.join();
        b.join();
    }
}

static void succ(channel &in, channel &out)
{
    for (;;)
        out.push(in.value_pop() + 1);
}

static long long consume(channel &in, int n)
{
    std::int64_t sum = 0;
    for (int i = 0; i < n; i++)
        sum += in.value_pop();
    return sum;
}

static long long commstime(int n, void (*delta)(channel &, channel &, channel &))
{
    static channel a, b, c, d;
    start([] { prefix(0, c, a); });
    start([delta] { delta(a, b, d); });
    start([] { succ(b, c); });
    return consume(d, n);
}

static long long prodcons(int n)
{
    static channel c;
    start([n] {
        for (int i = 0; i < n; i++)
            c.push(i);
    });
    return consume(c, n);
}

static long long ring(int n, int size)
{
    static std::deque<channel> c(size);
    for (int i = 1; i < size; i++)
        start([i] { succ(c[i - 1], c[i]); });
    int token = 0;
    for (int i = 0; i < n; i++) {
        c[0].push(token + 1);
        token = c[size - 1].value_pop();
    }
    return token;
}

static long long spawn_each(int n)
{
    for (int i = 0; i < n; i++)
        fibers::fiber([] {}).join();
    return n;
}

static long long run(const std::string &name, int n, int size)
{
    return name == "commstime"    ? commstime(n, delta)
           : name == "pardelta"   ? commstime(n, par_delta)
           : name == "prodcons"   ? prodcons(n)
           : name == "ring"       ? ring(n, size)
           : name == "spawn_each" ? spawn_each(n)
                                  : -1;
}

int main(int argc, char **argv)
{
    std::string name = std::strrchr(argv[0], '/') ? std::strrchr(argv[0], '/') + 1 : argv[0];
    std::size_t dot = name.find('.');
    int size = dot == std::string::npos ? 0 : std::atoi(name.c_str() + dot + 1);
    if (argc != 2)
        return 2;
    std::printf("%lld\n", run(name.substr(0, dot), std::atoi(argv[1]), size));
    std::fflush(stdout);
    std::_Exit(0); // some fibers wait for ever
}
