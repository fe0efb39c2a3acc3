set pagination off
# a breakpoint at a line, variables by their names
tbreak meet.csp:11 if f->n == 0
run 9 > program.out
print sum
print x
print x + n + 1
print name
print/x sum
print p.y
csp locals
info csp
csp bt
csp bt 3
# on in this process, over its waits
csp next
csp next
print x
csp next
print x
# a function
tbreak twice_fn
continue
print n
up
print n
# main's branch
tbreak meet.csp:26
continue
print p
print k2
print table
print table[1]
print count
csp locals 3
csp bt 99
