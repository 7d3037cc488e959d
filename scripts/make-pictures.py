#!/usr/bin/python3
"""Takes the pictures of docs/ from the running program.

    cargo build --release
    xvfb-run -a -s '-screen 0 1100x700x24' scripts/make-pictures.py

Debian packages: xvfb, xdotool, imagemagick, libgl1-mesa-dri. Each picture is made from the sample project, by keys
alone, in Chinese and in English, made 1100 pixels wide and written as a PNG of 96 colours (under 200 KB).
"""
import os, pathlib, subprocess, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("DUIZHAO", str(ROOT / "target/release/duizhao"))
PICTURES = pathlib.Path(os.environ.get("PICTURES", str(ROOT / "docs/pictures")))


def key(*names, pause=0.5):
    for name in names:
        subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True)
        time.sleep(pause)


def write(text):
    subprocess.run(["xdotool", "type", "--delay", "15", text], check=True)
    time.sleep(1)


def take(name):
    path = PICTURES / f"{name}.png"
    screen = subprocess.run(["import", "-window", "root", "png:-"], check=True, capture_output=True).stdout
    small = ["convert", "png:-", "-resize", "1100x", "-dither", "None", "-colors", "96", f"PNG8:{path}"]
    subprocess.run(small, input=screen, check=True)
    print(path.relative_to(PICTURES.parent), path.stat().st_size // 1024, "KB")


def start(language):
    home = pathlib.Path(tempfile.mkdtemp(prefix="duizhao-pictures-"))
    (home / "config").mkdir()
    settings = f'(version: 1, language: Some(r#{language}), coder: "Lin", welcomed: true)'
    (home / "config/settings.ron").write_text(settings, "utf-8")
    environment = dict(os.environ, DUIZHAO_HOME=str(home), LIBGL_ALWAYS_SOFTWARE="1")
    environment.pop("WAYLAND_DISPLAY", None)
    program = subprocess.Popen([PROGRAM], env=environment)
    time.sleep(8)
    # There is no window manager here to give the window the keyboard.
    subprocess.run(["xdotool", "search", "--name", "Duizhao", "windowfocus"], check=True)
    time.sleep(0.5)
    return program


def tour(language, suffix):
    program = start(language)
    try:
        key("ctrl+p")
        write("nn2017")
        key("Return", pause=2)
        for tag in ["jtys", "fenji"]:
            key("space", "t")
            write(tag)
            key("Return")
        key("j")
        take("read" + suffix)
        key("ctrl+k")
        write("fw")
        take("palette" + suffix)
        key("Escape", "ctrl+shift+f")
        write("2020")
        time.sleep(3)
        take("search" + suffix)
        key("ctrl+shift+t")
        write("jtys")
        key("Return", pause=3)
        take("tagging" + suffix)
        key("Escape", "alt+2", pause=3)
        take("compare" + suffix)
    finally:
        program.terminate()
        program.wait()


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    tour("en", "")
    tour("zh-CN", "-zh")
