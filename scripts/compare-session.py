#!/usr/bin/python3
"""Compares two plans in a real window as a researcher would, and checks what comes out.

    cargo build
    xvfb-run -a -s '-screen 0 1440x900x24' dbus-run-session -- scripts/compare-session.py A.txt B.txt OUT_FOLDER

Debian packages: xvfb, xdotool, imagemagick, dbus, at-spi2-core, libglib2.0-bin, python3-gi, gir1.2-atspi-2.0,
libgl1-mesa-dri, libreoffice-calc, libreoffice-writer, fonts-noto-cjk, poppler-utils.

Finds a theme that A alone has, confirms three matches by keys, puts two excerpts into the basket, writes what the
views show as a workbook and the report for Word, has LibreOffice read both, and leaves pictures of the window
(*.png) and of the pages (*-1.png, ...) in OUT_FOLDER. Ends with 1 and says what is wrong where anything is missing.
"""
import os, pathlib, re, subprocess, sys, tempfile, time, warnings, zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("DUIZHAO", str(ROOT / "target/debug/duizhao"))


def start_accessibility():
    """The bus that programs are read by is asked for by hand: no desktop does it here."""
    subprocess.Popen(["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"], stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    for name in ["IsEnabled", "ScreenReaderEnabled"]:
        subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus", "--method",
             "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", name, "<true>"],
            check=True, stdout=subprocess.DEVNULL)
    warnings.simplefilter("ignore")
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
    Atspi.init()
    return Atspi, GLib.GError


class Window:
    """The program, read by its accessible names."""

    def __init__(self, accessibility, project, home):
        self.atspi, self.gone = accessibility
        # Sizes of panels are remembered with the window, elsewhere: what an earlier session left must not show here.
        environment = dict(os.environ, DUIZHAO_HOME=str(home), XDG_DATA_HOME=str(home), LIBGL_ALWAYS_SOFTWARE="1")
        environment.pop("WAYLAND_DISPLAY", None)
        self.process = subprocess.Popen([PROGRAM, str(project)], env=environment)
        self.wait(lambda: len(self.nodes()) > 20, "the window", 30)
        # There is no window manager here to give the window the keyboard.
        subprocess.run(["xdotool", "search", "--name", "Duizhao", "windowfocus"], check=True)
        time.sleep(0.5)

    def nodes(self):
        """All that is shown now: (name, node). What goes away while it is read is read again."""
        for _ in range(20):
            try:
                return self.read()
            except self.gone:
                time.sleep(0.2)
        fail("the window cannot be read")

    def read(self):
        desk = self.atspi.get_desktop(0)
        pending = [desk.get_child_at_index(i) for i in range(desk.get_child_count())]
        pending = [app for app in pending if app and app.get_process_id() == self.process.pid]
        found = []
        while pending:
            node = pending.pop()
            found.append((node.get_name() or "", node))
            children = [node.get_child_at_index(i) for i in range(node.get_child_count())]
            pending.extend(child for child in reversed(children) if child)
        return found

    def names(self, pattern):
        return [name for name, _ in self.nodes() if re.search(pattern, name)]

    def wait(self, holds, what, seconds=15):
        end = time.time() + seconds
        while not holds():
            if time.time() > end:
                fail(f"{what} did not come within {seconds} s")
            time.sleep(0.2)

    def click(self, pattern, number=0):
        """Presses the control whose name fits."""
        self.wait(lambda: len(self.names(pattern)) > number, f"a control named {pattern}")
        name, node = [(name, node) for name, node in self.nodes() if re.search(pattern, name)][number]
        if not (node.get_action_iface() and node.get_n_actions() and node.do_action(0)):
            fail(f"{name} cannot be pressed")
        time.sleep(0.6)
        return name

    def key(self, *keys, pause=0.4):
        for key in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)
            time.sleep(pause)

    def write(self, words):
        subprocess.run(["xdotool", "type", "--delay", "12", words], check=True)
        time.sleep(0.4)

    def chosen(self):
        """The row that is chosen in a list."""
        states = [self.atspi.StateType.SELECTED, self.atspi.StateType.CHECKED]
        rows = [(name, node.get_state_set()) for name, node in self.nodes() if node.get_role_name() == "list item"]
        return next((name for name, has in rows if any(has.contains(state) for state in states)), "")

    def picture(self, path):
        time.sleep(0.5)
        subprocess.run(["import", "-window", "root", str(path)], check=True)


def fail(words):
    print(words, file=sys.stderr)
    sys.exit(1)


def links(project):
    return "\n".join(path.read_text("utf-8") for path in project.glob("links/*.ron"))


def find_a_theme_of_a_alone(window, out):
    window.key("ctrl+1")
    window.wait(lambda: window.names("^仅 A [0-9]+$"), "the matrix", 40)
    group = window.click("^仅 A [0-9]+$")
    window.key("j")
    row = window.chosen()
    if not re.search("：A [1-9].*；B 0 条", row):
        fail(f"the first row of the group “{group}” is no theme of A alone: {row}")
    window.picture(out / "1-only-a.png")
    print(f"{group}; the first: {row}")


def confirm_three(window, project, out):
    window.key("ctrl+3", pause=1.0)
    confirmed = []
    for _ in range(60):
        row = window.chosen()
        if row and "无对应" not in row and "已确认" not in row:
            window.key("y", pause=0.6)
            confirmed.append(row)
        if len(confirmed) == 3:
            break
        window.key("j")
    window.wait(lambda: links(project).count("status: confirmed") == 3, "three confirmed matches on disk", 5)
    window.picture(out / "2-matches.png")
    print("confirmed:", *confirmed, sep="\n  ")


def keep_two(window, project, out):
    window.key("ctrl+1", pause=1.0)
    window.click("^都有 [0-9]+$")
    window.key("Escape", "j")
    for number in range(2):
        window.click("^摘录 .*[0-9]", number)
    window.wait(lambda: len(re.findall(r"\bposition:", links(project))) == 2, "two excerpts on disk", 5)
    window.key("ctrl+7", pause=1.0)
    window.wait(lambda: window.names("摘录 2 段"), "two excerpts in the basket")
    window.picture(out / "3-basket.png")


def export(window, view, form, path):
    window.key(view, pause=1.2)
    window.click("^导出$")
    window.click(f"^{form}$")
    window.key("ctrl+a")
    window.write(str(path))
    window.key("Return")
    window.wait(path.exists, f"{path.name}", 20)


def check_workbook(path):
    with zipfile.ZipFile(path) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    if not any('state="frozen"' in sheet for sheet in sheets):
        fail(f"{path.name}: no head is frozen")
    numbers = sum(len(re.findall(r'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?><v>', sheet)) for sheet in sheets)
    if numbers < 5:
        fail(f"{path.name}: only {numbers} cells are numbers")
    print(f"{path.name}: {len(sheets)} sheets, {numbers} numbers")


def check_report(path):
    with zipfile.ZipFile(path) as report:
        words = report.read("word/document.xml").decode()
        pictures = [name for name in report.namelist() if name.endswith(".png")]
    tables, quotes = words.count("<w:tbl>"), words.count('w:val="Quote"')
    if tables < 5 or quotes != 2 or not pictures:
        fail(f"{path.name}: {tables} tables, {quotes} excerpts, {len(pictures)} pictures")
    if "已确认" not in words:
        fail(f"{path.name}: no match is told as confirmed")
    print(f"{path.name}: {tables} tables, {quotes} excerpts, {len(pictures)} pictures")


def read_by_libreoffice(path, out):
    profile = f"-env:UserInstallation=file://{tempfile.mkdtemp(prefix='duizhao-office-')}"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), str(path)],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
    pdf = out / (path.stem + ".pdf")
    if not pdf.exists():
        fail(f"LibreOffice cannot read {path.name}")
    subprocess.run(["pdftoppm", "-r", "70", "-png", str(pdf), str(out / path.stem)], check=True)
    words = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    pages = len(list(out.glob(f"{path.stem}-*.png")))
    if pages == 0 or len(words) < 500:
        fail(f"{path.name}: LibreOffice shows {pages} pages and {len(words)} chars")
    print(f"{path.name}: {pages} pages by LibreOffice")


def main(plan_a, plan_b, out):
    out = pathlib.Path(out).resolve()
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.*"):
        old.unlink()
    home = pathlib.Path(tempfile.mkdtemp(prefix="duizhao-compare-"))
    project = home / "study"
    subprocess.run([PROGRAM, "import", str(project), plan_a, plan_b], check=True)
    (home / "config").mkdir()
    settings = '(version: 1, language: Some(r#zh-CN), coder: "session", welcomed: true)'
    (home / "config/settings.ron").write_text(settings, "utf-8")
    window = Window(start_accessibility(), project, home)
    try:
        window.key("alt+2", pause=1.0)
        find_a_theme_of_a_alone(window, out)
        confirm_three(window, project, out)
        keep_two(window, project, out)
        export(window, "ctrl+1", "Excel 工作簿", out / "themes.xlsx")
        export(window, "ctrl+3", "Excel 工作簿", out / "matches.xlsx")
        export(window, "ctrl+4", "Excel 工作簿", out / "targets.xlsx")
        export(window, "ctrl+1", "Word 报告", out / "report.docx")
        export(window, "ctrl+2", "Word 报告", out / "reading.docx")
    finally:
        window.process.terminate()
        window.process.wait()
    for name in ["themes", "matches", "targets"]:
        check_workbook(out / f"{name}.xlsx")
        read_by_libreoffice(out / f"{name}.xlsx", out)
    check_report(out / "report.docx")
    for name in ["report", "reading"]:
        read_by_libreoffice(out / f"{name}.docx", out)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
