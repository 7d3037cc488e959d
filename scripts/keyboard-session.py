#!/usr/bin/python3
"""Codes ten items of a plan in a real window with the keyboard alone, and checks what is on disk.

    cargo build
    xvfb-run -a -s "-screen 0 1280x800x24" scripts/keyboard-session.py PLAN.txt FOUND_BY [PICTURE.png]

Debian packages: xvfb, xdotool, imagemagick (for the picture), libgl1-mesa-dri. The plan is imported by typing its path
into the window, and opened by typing FOUND_BY (pinyin or initials and year, e.g. xm2017) in the palette. No pointer is used. Ends with 1 and says what is missing where a tag did not arrive.
"""
import os, pathlib, re, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("DUIZHAO", str(ROOT / "target/debug/duizhao"))
# What a researcher types for a tag: pinyin, initials, English, part of a word.
TYPED = ["jtys", "family", "fenji", "zhongyi", "kongyan", "emergency", "fuyou", "xinxi", "rencai", "dangjian"]


def key(*keys, pause=0.15):
    for name in keys:
        subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True)
        time.sleep(pause)


def write(text, pause=0.3):
    subprocess.run(["xdotool", "type", "--delay", "12", text], check=True)
    time.sleep(pause)


def taggings(home):
    sheets = list((home / "data/sample-project/plans").glob("*/annotations/*.ron"))
    return [tag for sheet in sheets for tag in re.findall(r'body: tag\("([^"]+)"\)', sheet.read_text("utf-8"))]


def wait_for(what, seconds=20):
    end = time.time() + seconds
    while time.time() < end:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    sys.exit(f"waited {seconds} s for {what.__doc__}")


def main(plan, found_by, picture=None):
    home = pathlib.Path(tempfile.mkdtemp(prefix="duizhao-session-"))
    (home / "config").mkdir()
    settings = '(version: 1, language: Some(r#zh-CN), coder: "session", welcomed: true)'
    (home / "config/settings.ron").write_text(settings, "utf-8")
    environment = dict(os.environ, DUIZHAO_HOME=str(home), LIBGL_ALWAYS_SOFTWARE="1")
    environment.pop("WAYLAND_DISPLAY", None)
    program = subprocess.Popen([PROGRAM], env=environment)
    plans = home / "data/sample-project/plans"
    try:
        def sample():
            "the sample project"
            return len(list(plans.glob("*/plan.ron"))) >= 5
        wait_for(sample)
        time.sleep(2)
        # There is no window manager here to give the window the keyboard.
        subprocess.run(["xdotool", "search", "--name", "Duizhao", "windowfocus"], check=True)
        time.sleep(0.5)
        known = {path.name for path in plans.iterdir()}
        key("ctrl+k")
        write("by path")
        key("Return", pause=0.5)
        write(str(pathlib.Path(plan).resolve()))
        key("Return")

        def imported():
            "the imported plan"
            return {path.parent.name for path in plans.glob("*/plan.ron")} - known
        wait_for(imported)
        time.sleep(2)
        key("ctrl+p")
        write(found_by)
        key("Return", pause=1.0)
        begun = time.time()
        for number, typed in enumerate(TYPED, 1):
            key("space", "t", pause=0.25)
            write(typed)
            key("Return", pause=0.4)

            def arrived():
                f"tag {number}"
                return len(taggings(home)) == number
            arrived.__doc__ = f"tag {number} ({typed})"
            wait_for(arrived, 5)
        seconds = time.time() - begun
        print(f"{len(TYPED)} items in {seconds:.1f} s:", ", ".join(taggings(home)))
        key("ctrl+z", pause=1.0)
        left = len(taggings(home))
        key("ctrl+shift+z", pause=1.0)
        print(f"after undo {left}, after redo {len(taggings(home))}")
        if picture:
            subprocess.run(["import", "-window", "root", picture], check=True)
        if left != len(TYPED) - 1 or len(taggings(home)) != len(TYPED):
            sys.exit("undo and redo did not reach the disk")
    finally:
        program.terminate()
        program.wait()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:4])
