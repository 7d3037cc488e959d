//! The system's window: how it is opened, and what happens where OpenGL fails.

use super::Window;
use crate::app::Places;
use std::io::Write;
use std::path::PathBuf;

/// Set by scripts/start-up.py, which measures the start.
const TELL_FIRST_FRAME: &str = "DUIZHAO_TELL_FIRST_FRAME";

/// The window on the screen.
struct Native {
    window: Window,
    tell: Tell,
}

/// Whether to tell that the first usable frame is on the screen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tell {
    /// Nobody asked, or it is told.
    No,
    /// As soon as there is one.
    Wanted,
    /// It was drawn; it is on the screen when the next one begins.
    Drawn,
}

impl eframe::App for Native {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if self.tell == Tell::Drawn {
            self.tell = Tell::No;
            // Where stderr is closed there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "first usable frame");
        }
        self.window.frame_ui(ui);
        if self.tell == Tell::Wanted && self.window.app().current().is_some() {
            self.tell = Tell::Drawn;
            ui.request_repaint();
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.window.finish();
    }
}

/// Opens the window and returns when it is closed. Where OpenGL fails (remote desktops, virtual machines), wgpu
/// is tried, on the systems it is built in for.
pub fn run(places: &Places, project: Option<PathBuf>) -> eframe::Result {
    #[cfg(not(target_os = "linux"))]
    {
        let again = project.clone();
        run_with(eframe::Renderer::Glow, places, project)
            .or_else(|_| run_with(eframe::Renderer::Wgpu, places, again))
    }
    #[cfg(target_os = "linux")]
    run_with(eframe::Renderer::Glow, places, project)
}

fn run_with(renderer: eframe::Renderer, places: &Places, project: Option<PathBuf>) -> eframe::Result {
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon/duizhao-256.png")).ok();
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Duizhao 对照")
        .with_app_id("duizhao")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([1024.0, 640.0]);
    if let Some(icon) = icon {
        viewport = viewport.with_icon(icon);
    }
    // Size and panels of the window lie beside the settings, so that a home of one's own holds them too.
    let persistence_path = Some(places.config.join("window.ron"));
    let options = eframe::NativeOptions { viewport, renderer, persistence_path, ..Default::default() };
    let places = places.clone();
    let open = move |cc: &eframe::CreationContext<'_>| {
        let tell = if std::env::var_os(TELL_FIRST_FRAME).is_some() { Tell::Wanted } else { Tell::No };
        let window = Window::new(&cc.egui_ctx, places, project);
        Ok(Box::new(Native { window, tell }) as Box<dyn eframe::App>)
    };
    eframe::run_native("duizhao", options, Box::new(open))
}
