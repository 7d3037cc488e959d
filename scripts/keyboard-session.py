#!/usr/bin/python3
"""Codes ten items of a plan in a real window with the keyboard alone, and checks what is on disk.

    cargo build
    xvfb-run -a -s '-screen 0 1280x800x24' scripts/keyboard-session.py PLAN.txt [PICTURE.png]

Debian packages: xvfb, xdotool, imagemagick (for the picture), libgl1-mesa-dri. The plan is imported into a project of its
own by `duizhao import`; from there on only keys are pressed. Ends with 1 and says what is missing where a tag did not
arrive on disk.
"""
import os, pathlib, re, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("DUIZHAO", str(ROOT / "target/debug/duizhao"))
# What a researcher types for a tag: initials, English, pinyin.
TYPED = ["jtys", "family", "fenji", "zhongyi", "kongyan", "yingji", "jiankangjiaoyu", "xinxi", "rencai", "dangjian"]


def key(*keys, pause=0.15):
    for name in keys:
        subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True)
        time.sleep(pause)


def write(text, pause=0.3):
    subprocess.run(["xdotool", "type", "--delay", "12", text], check=True)
    time.sleep(pause)


def taggings(project):
    sheets = project.glob("plans/*/annotations/*.ron")
    return [tag for sheet in sheets for tag in re.findall(r'body: tag\("([^"]+)"\)', sheet.read_text("utf-8"))]


def wait_for(project, count, typed):
    end = time.time() + 5
    while len(taggings(project)) != count:
        if time.time() > end:
            sys.exit(f"tag {count} ({typed}) is not on disk after 5 s: {taggings(project)}")
        time.sleep(0.05)


def main(plan, picture=None):
    home = pathlib.Path(tempfile.mkdtemp(prefix="duizhao-session-"))
    project = home / "study"
    subprocess.run([PROGRAM, "import", str(project), plan], check=True)
    (home / "config").mkdir()
    settings = '(version: 1, language: Some(r#zh-CN), coder: "session", welcomed: true)'
    (home / "config/settings.ron").write_text(settings, "utf-8")
    environment = dict(os.environ, DUIZHAO_HOME=str(home), LIBGL_ALWAYS_SOFTWARE="1")
    environment.pop("WAYLAND_DISPLAY", None)
    program = subprocess.Popen([PROGRAM, str(project)], env=environment)
    try:
        time.sleep(8)
        # There is no window manager here to give the window the keyboard.
        subprocess.run(["xdotool", "search", "--name", "Duizhao", "windowfocus"], check=True)
        time.sleep(0.5)
        begun = time.time()
        for number, typed in enumerate(TYPED, 1):
            key("space", "t", pause=0.25)
            write(typed)
            key("Return")
            wait_for(project, number, typed)
        seconds = time.time() - begun
        print(f"{len(TYPED)} items in {seconds:.1f} s:", ", ".join(taggings(project)))
        key("ctrl+z", pause=1.0)
        left = len(taggings(project))
        key("ctrl+shift+z", pause=1.0)
        again = len(taggings(project))
        print(f"after undo {left}, after redo {again}")
        if picture:
            subprocess.run(["import", "-window", "root", picture], check=True)
        if (left, again) != (len(TYPED) - 1, len(TYPED)):
            sys.exit("undo and redo did not reach the disk")
    finally:
        program.terminate()
        program.wait()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:3])
