"""What gdb has to know of programs compiled by cspc -g: their processes, and where variables are.

    (gdb) source csp-gdb.py        or: cspc debug model.csp
    (gdb) break model.csp:12
    (gdb) print x                  a variable of the process, by its name in the program
    (gdb) info csp                 all processes, where each waits and on what
    (gdb) csp next                 on to the next line of this process, whatever others do while it waits
    (gdb) csp bt [N]               how process N of that list came to be there; without N the one that runs
    (gdb) csp locals [N]           its variables

Processes are found as the runtime's own reports find them (walk.c): from main's frame downwards, by what the tables of a
program say of the frames below each resume point. Nothing of the program is called, so a core file does as well.
"""
import re

import gdb

DONE = 0xFFFF
TEAM, SINGLE = -1, -2


# ---- values ----


def pointer(address, type_name):
    return gdb.Value(address).cast(gdb.lookup_type(type_name).pointer())


def at(frame, offset, type_name):
    """What lies in a frame at that offset."""
    return pointer(int(frame) + int(offset), type_name).dereference()


def text(value):
    return value.string() if int(value) else ""


def symbol_at(address):
    """The name of what lies at an address."""
    answer = gdb.execute("info symbol %#x" % int(address), to_string=True)
    return answer.split(" ")[0]


def number(name):
    """What a name stands for in C: csp_debug.h."""
    return int(gdb.parse_and_eval("csp_numbers." + name))


# ---- the scheduler ----


def frames():
    frame = gdb.newest_frame()
    while frame is not None and frame.is_valid():
        yield frame
        frame = frame.older()


def variable(frame, name):
    try:
        return frame.read_var(name)
    except (ValueError, RuntimeError, gdb.error):
        return None


def is_step(frame):
    """A process or branch that runs: main_step."""
    return frame.name() is not None and frame.name().endswith("_step") and variable(frame, "csp_head") is not None


def is_function(frame):
    return frame.name() is not None and frame.name().endswith("_fn") and variable(frame, "S") is not None


def scheduler():
    for frame in frames():
        value = variable(frame, "S")
        if value is not None and value.type.code == gdb.TYPE_CODE_PTR and value.type.target().name == "csp_scheduler":
            return value
    raise gdb.GdbError("no process of a csp program is in sight here: stop in one, or go to its thread")


def running():
    """The frame of gdb in which a process runs; None: the runtime waits."""
    for frame in frames():
        if is_step(frame):
            return frame
    return None


def runnable(S):
    """The addresses of the processes in the run queue, whose ends are in registers while one runs."""
    frame = running()
    node = variable(frame, "csp_head") if frame else S["first"]
    found = set()
    while int(node) and int(node) not in found:
        found.add(int(node))
        node = node["next"]
    return found


# ---- processes ----


class Process:
    """A frame, and what it is."""

    def __init__(self, frame, kind, parent=None, started=None, index=None, spawned=None):
        self.frame, self.kind, self.parent = int(frame), kind, parent
        self.started, self.index, self.spawned = started, index, spawned

    def node(self):
        return pointer(self.frame, "csp_process")["node"]

    def point(self):
        """The resume point; None: it has ended."""
        resume = int(self.node()["resume"])
        return self.kind["points"][resume] if resume < int(self.kind["point_count"]) else None

    def name(self):
        name = text(self.kind["name"])
        return name if self.index is None else "%s[%d]" % (name, self.index)

    def stem(self):
        """Of the names in C: philosopher_branch_1."""
        return re.sub(r"_kind$", "", symbol_at(self.kind.address))


def place(value):
    S = scheduler()
    value = int(value)
    return "%s:%d:%d" % (text(S["program"]["files"][value >> 48]), value >> 16 & 0xFFFFFFFF, value & 0xFFFF)


def children(process, point):
    """The frames below one that waits at that point."""
    for i in range(int(point["children_count"])):
        group = point["children"][i]
        kind, count = group["kind"].dereference(), int(group["count"])
        base = process.frame + int(group["offset"])
        if count == SINGLE:
            base = int(at(process.frame, group["offset"], "csp_process").address.cast(
                gdb.lookup_type("csp_process").pointer().pointer()).dereference())
            numbers = [None] if base else []
        elif count == TEAM:
            team = at(process.frame, group["offset"], "csp_team")
            base = int(team["frames"])
            numbers = range(int(team["count"]) if base else 0)
        else:
            numbers = range(count) if count != 1 else [None]
        for n in numbers:
            yield Process(base + (n or 0) * int(kind["size"]), kind, process, point, n)


def spawned(process):
    header = (gdb.lookup_type("csp_spawned").sizeof + 7) & ~7
    for i in range(int(process.kind["group_count"])):
        entry = at(process.frame, process.kind["groups"][i], "csp_group")["first"]
        while int(entry):
            yield Process(int(entry) + header, entry["kind"].dereference(), process, spawned=entry)
            entry = entry["next"]


def main_process(S):
    world = S["world"].dereference()
    if not any(field.name == "main" for field in world.type.fields()):
        raise gdb.GdbError("the runtime has been compiled without -g")
    frame = world["main"]
    return Process(frame, S["program"]["main"].dereference()) if int(frame) else None


def processes():
    """All of them, each before those below it. What runs now has left the point at which it waited last."""
    S = scheduler()
    frame = running()
    runs = int(variable(frame, "self")) if frame else 0
    first = main_process(S)
    stack = [first] if first else []
    while stack:
        process = stack.pop()
        yield process
        point = process.point()
        below = []
        if process.frame != runs and point is not None:
            below += children(process, point)
        if process.frame == runs or (point is not None and int(process.node()["resume"]) > 0):
            below += spawned(process)
        stack += reversed(below)


# ---- channels ----


def indices(lengths, index):
    """[3][1] for the seventh of …[2]."""
    numbers = []
    for length in reversed(lengths):
        numbers.append(index % length)
        index //= length
    return "".join("[%d]" % n for n in reversed(numbers))


def lengths_of(link):
    lengths = []
    if int(link["lengths"]):
        while int(link["lengths"][len(lengths)]):
            lengths.append(int(link["lengths"][len(lengths)]))
    return lengths


def channels(S, process):
    """Those that it declares, with their names."""
    forms = {number("link_channel"): "csp_channel", number("link_buffer"): "csp_buffer",
             number("link_cells"): "csp_end"}
    resume = int(process.node()["resume"])
    for i in range(int(process.kind["link_count"])):
        link = process.kind["links"][i]
        form = forms.get(int(link["form"]))
        if int(link["depth"]) or form is None or not int(link["first_point"]) <= resume <= int(link["last_point"]):
            continue
        lengths, count = lengths_of(link), 1
        for length in lengths:
            count *= length
        size = gdb.lookup_type(form).sizeof
        for n in range(count):
            value = at(process.frame, int(link["offset"]) + n * size, form)
            yield text(link["name"]) + (indices(lengths, n) if lengths else ""), channel_of(S, value, form)


def channel_of(S, value, form):
    if form == "csp_channel":
        return value
    if form == "csp_buffer":
        return value["channel"]
    handle = int(value["handle"])
    if handle & 1:
        return pointer(handle - 1, "csp_channel").dereference()
    return pointer(int(S["cells"]) + 16 * (handle >> 1 & 0xFFFFFFFF), "csp_cell").dereference()["channel"]


def waiting(S, everybody):
    """Who waits on what: from the address of a process to texts."""
    found = {}
    end, guards, ended = number("node_open"), number("node_guard"), number("node_ended")
    for process in everybody:
        for name, channel in channels(S, process):
            node, most = channel["first"], 1000000
            while int(node["kind"]) < end and most:
                kind = int(node["kind"])
                is_guard = guards <= kind
                who = int(node.cast(gdb.lookup_type("csp_guard").pointer())["alt"]["process"]) if is_guard else int(node)
                verb = "the end of" if kind == ended else "to send on" if kind % 2 else "to receive from"
                found.setdefault(who, []).append("%s %s" % (verb, name))
                node, most = node["next"], most - 1
    return found


# ---- variables ----


class Variable:
    def __init__(self, entry):
        self.name, self.place, self.line = text(entry["name"]), text(entry["place"]), int(entry["line"])
        self.length = text(entry["length"])
        self.form = int(entry["form"])

    def expression(self, prefix):
        place = prefix + self.place
        if self.form == number("variable_pointer"):
            return "(*%s)" % place
        if self.form == number("variable_array"):
            return "(*%s@%s%s)" % (place, prefix, self.length) if self.length else place
        return place


def variables(stem):
    try:
        table = gdb.parse_and_eval("%s_variables" % stem)
    except gdb.error:
        return []
    found, i = [], 0
    while int(table[i]["name"]):
        found.append(Variable(table[i]))
        i += 1
    return found


def struct_of(stem):
    """The type of a frame."""
    return gdb.lookup_type("struct %s_frame" % stem)


def has_member(type_, name):
    return any(field.name == name for field in type_.fields())


def expressions(frame):
    """For what stands in gdb's frame: names of the program, with expressions of gdb. Inner variables hide outer ones, and
    those that are declared further on are not there yet."""
    known, process = {}, "self"
    stem, line = re.sub(r"_(step|fn)$", "", frame.name()), frame.find_sal().line
    while stem:
        members = struct_of(stem) if is_step(frame) else None
        for v in sorted(variables(stem), key=lambda v: -v.line):
            if v.name in known or v.line > line:
                continue
            if members is not None and has_member(members, v.place):
                known[v.name] = v.expression("((struct %s_frame *)%s)->" % (stem, process))
            elif process == "self" and variable(frame, v.place) is not None:
                known[v.name] = v.expression("")
        stem = re.sub(r"_branch_\d+$", "", stem) if re.search(r"_branch_\d+$", stem) else ""
        process += "->parent"
    return known


def selected():
    frame = gdb.selected_frame()
    return frame if is_step(frame) or is_function(frame) else None


def translate(expression):
    """Names of the program become what they are in C; what follows a dot or stands in quotes is none."""
    frame = selected()
    known = expressions(frame) if frame else {}
    words = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:\.|->)\s*\w+|\$?\b[A-Za-z_]\w*\b|/\w+)""")
    return words.sub(lambda m: known.get(m.group(0), m.group(0)), expression)


# ---- commands ----


def numbered(argument):
    """The process of that number in the list; without one, that which runs."""
    everybody = list(processes())
    if argument.strip():
        n = int(gdb.parse_and_eval(argument))
        if not 1 <= n <= len(everybody):
            raise gdb.GdbError("there is no process %d: info csp lists them" % n)
        return everybody[n - 1]
    frame = running()
    if frame is None:
        raise gdb.GdbError("no process runs: give the number of one, from info csp")
    runs = int(variable(frame, "self"))
    for process in everybody:
        if process.frame == runs:
            return process
    raise gdb.GdbError("what runs is none of the program's processes")


class InfoCsp(gdb.Command):
    """List all processes, where each waits and on what. The one that runs has a star."""

    def __init__(self):
        super().__init__("info csp", gdb.COMMAND_STATUS)

    def invoke(self, argument, from_tty):
        S = scheduler()
        frame = running()
        runs = int(variable(frame, "self")) if frame else 0
        everybody, ready = list(processes()), runnable(S)
        asks = waiting(S, everybody)
        for n, process in enumerate(everybody, 1):
            star = "*" if process.frame == runs else " "
            print("%s %-3d %-24s %s" % (star, n, process.name(), self.state(process, frame, runs, ready, asks)))

    @staticmethod
    def state(process, frame, runs, ready, asks):
        if process.frame == runs:
            sal = frame.find_sal()
            return "runs at %s:%d" % (sal.symtab.filename if sal.symtab else "?", sal.line)
        point = process.point()
        if point is None:
            return "has ended"
        is_ready = process.frame in ready
        state = "can go on at" if is_ready else "waits at"
        statement = text(point["text"])
        found = asks.get(process.frame, [])[:8] if not is_ready else []
        return "%s %s%s%s" % (state, place(point["place"]), ": " + statement if statement else "",
                              " (%s)" % ", ".join(found) if found else "")


class Csp(gdb.Command):
    """Commands for the processes of a program compiled by cspc -g."""

    def __init__(self):
        super().__init__("csp", gdb.COMMAND_USER, prefix=True)


class CspBacktrace(gdb.Command):
    """How a process came to be where it is: csp bt [N], N from info csp."""

    def __init__(self):
        super().__init__("csp bt", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        process, frame = numbered(argument), running()
        runs = int(variable(frame, "self")) if frame else 0
        level = 0
        where = None
        if process.frame == runs:
            sal = frame.find_sal()
            where = "%s:%d" % (sal.symtab.filename if sal.symtab else "?", sal.line)
        while process is not None:
            point = process.point()
            where = where or (place(point["place"]) if point is not None else "has ended")
            print("#%-2d %-24s at %s" % (level, process.name(), where))
            where = place(process.spawned["place"]) + ", spawning" if process.spawned is not None else None
            process, level = process.parent, level + 1


class CspLocals(gdb.Command):
    """The variables of a process: csp locals [N], N from info csp."""

    def __init__(self):
        super().__init__("csp locals", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        frame = selected()
        if not argument.strip() and frame is not None:
            for name, expression in reversed(list(expressions(frame).items())):
                self.show(name, expression)
            return
        process = numbered(argument)
        members = struct_of(process.stem())
        gdb.set_convenience_variable("csp_frame", gdb.Value(process.frame).cast(members.pointer()))
        for v in variables(process.stem()):
            if has_member(members, v.place):
                self.show(v.name, v.expression("$csp_frame->"))

    @staticmethod
    def show(name, expression):
        try:
            print("%s = %s" % (name, gdb.parse_and_eval(expression).format_string()))
        except gdb.error as error:
            print("%s: %s" % (name, error))


class CspNext(gdb.Command):
    """Go on to the next line of this process, whatever others do while it waits."""

    def __init__(self):
        super().__init__("csp next", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        frame = running()
        if frame is None or not is_step(gdb.selected_frame()):
            raise gdb.GdbError("no process is selected: stop in one, or go up to it")
        stops = list(self.stops(frame, int(variable(frame, "self"))))
        try:
            gdb.execute("continue")
        finally:
            for stop in stops:
                if stop.is_valid():
                    stop.delete()
        if gdb.selected_thread() is not None:
            gdb.execute("frame")

    @staticmethod
    def stops(frame, process):
        """Breakpoints at all other lines of the process."""
        here, function = frame.find_sal(), frame.function()
        block = frame.block()
        while block.function is None:
            block = block.superblock
        for entry in here.symtab.linetable():
            if block.start <= entry.pc < block.end and entry.line not in (here.line, function.line):
                stop = gdb.Breakpoint("*%#x" % entry.pc, internal=True)
                stop.silent = True
                stop.condition = "(unsigned long)self == %#x" % process
                yield stop


class Print(gdb.Command):
    """gdb's print, which also knows the variables of processes by their names in the program."""

    def __init__(self, name):
        super().__init__(name, gdb.COMMAND_DATA, gdb.COMPLETE_EXPRESSION)

    def invoke(self, argument, from_tty):
        gdb.execute("call" + self.format(argument), from_tty)

    @staticmethod
    def format(argument):
        match = re.match(r"\s*(/\w+)?\s*(.*)$", argument, re.DOTALL)
        return "%s %s" % (match.group(1) or "", translate(match.group(2)))


class Strings:
    """csp_string shows its text."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        length = int(self.value["length"])
        bytes_ = self.value["at"]
        return bytes_.lazy_string(length=length) if int(bytes_) and length else '""'


def string_printer(value):
    return Strings(value) if value.type.strip_typedefs().name == "csp_string" or str(value.type) == "csp_string" else None


gdb.pretty_printers.append(string_printer)
InfoCsp()
Csp()
CspBacktrace()
CspLocals()
CspNext()
Print("print")
