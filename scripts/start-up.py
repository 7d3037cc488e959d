#!/usr/bin/python3
"""Measures the start with a project of 1,000 plans in a real window: ms to the first usable frame, memory, idle CPU.

    cargo build --release
    xvfb-run -a scripts/start-up.py            # software GL: LIBGL_ALWAYS_SOFTWARE=1 is set here

Debian packages: xvfb, xdotool, libgl1-mesa-dri. The project is made once in the folder START_UP_HOME (default
/tmp/duizhao-start-up) from the sample plans, their paragraphs shuffled by a fixed rule, and kept for the next time.

"First usable frame" is the first one that shows the library and the open plan with its outline; where
DUIZHAO_TELL_FIRST_FRAME is set, the program says on stderr when that frame is on the screen. Times count from
before the process is made.
"""
import os, pathlib, random, re, statistics, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("DUIZHAO", str(ROOT / "target/release/duizhao"))
HOME = pathlib.Path(os.environ.get("START_UP_HOME", "/tmp/duizhao-start-up"))
PLANS = int(os.environ.get("PLANS", "1000"))
RUNS = int(os.environ.get("RUNS", "5"))
IDLE_SECONDS = 10


def cities():
    rows = (ROOT / "assets/places/cities.tsv").read_text(encoding="utf-8").splitlines()
    names = [row.split("\t")[1] for row in rows if row and not row.startswith("#")]
    return [name for name in names if name.endswith("市")]


def make_project():
    """A project of PLANS plans, imported by the program itself."""
    project = HOME / f"project-{PLANS}"
    if (project / "project.ron").is_file():
        return project
    sources = HOME / f"sources-{PLANS}"
    sources.mkdir(parents=True, exist_ok=True)
    bodies = []
    for path in sorted((ROOT / "sample_docs").glob("*.txt")):
        bodies.append(path.read_text(encoding="utf-8", errors="replace").splitlines())
    shuffle = random.Random(1)
    names = cities()
    for number in range(PLANS):
        city, year = names[number % len(names)], 2010 + number // len(names)
        body = bodies[number % len(bodies)][3:]
        at = shuffle.randrange(max(1, len(body) // 4))
        text = "\n".join([f"{city}{year}年卫生健康工作要点", "", *body[at:]]) + "\n"
        (sources / f"{city}{year}.txt").write_text(text, encoding="utf-8")
    subprocess.run([PROGRAM, "import", str(project), str(sources)], check=True, stdout=subprocess.DEVNULL)
    return project


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def run(project, measure_idle):
    environment = dict(os.environ, LIBGL_ALWAYS_SOFTWARE="1", DUIZHAO_HOME=str(HOME / "home"),
                       DUIZHAO_TELL_FIRST_FRAME="1")
    environment.pop("WAYLAND_DISPLAY", None)
    began = time.monotonic()
    process = subprocess.Popen([PROGRAM, str(project)], env=environment, stderr=subprocess.PIPE, text=True)
    try:
        for line in process.stderr:
            if "first usable frame" in line:
                shown = (time.monotonic() - began) * 1000
                break
        else:
            sys.exit("the program ended before it showed a plan")
        memory = memory_mb(process.pid)
        idle = None
        if measure_idle:
            time.sleep(8)
            before = cpu_seconds(process.pid)
            time.sleep(IDLE_SECONDS)
            idle = cpu_seconds(process.pid) - before
        return shown, memory, memory_mb(process.pid), idle
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    project = make_project()
    results = [run(project, number == RUNS - 1) for number in range(RUNS)]
    times = sorted(result[0] for result in results)
    spread = f"{times[0]:.0f} / {statistics.median(times):.0f} / {times[-1]:.0f} ms"
    print(f"{PLANS} plans, {RUNS} starts: first usable frame after {spread} (least, median, most)")
    print(f"memory at the first frame {max(result[1] for result in results):.0f} MB, "
          f"at rest {results[-1][2]:.0f} MB")
    print(f"CPU of {IDLE_SECONDS} s at rest: {results[-1][3]:.2f} s")
