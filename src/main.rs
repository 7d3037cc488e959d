//! Duizhao 对照: `duizhao [PROJECT]` opens the window, `duizhao COMMAND …` runs without one.

use clap::Parser;
use duizhao::cli;
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads Chinese city health plans, tags their items by theme, sets two cities side by side.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Arguments {
    /// The project to open in the window; without it, the one of the last session or the sample project.
    project: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<cli::Command>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.command {
        Some(command) => cli::run(&command),
        None => window(arguments.project),
    }
}

#[cfg(feature = "gui")]
fn window(project: Option<PathBuf>) -> ExitCode {
    let opened = duizhao::app::Places::of_system()
        .ok_or_else(|| {
            anyhow::anyhow!("no home folder is known; set HOME, or DUIZHAO_HOME to a folder of your choice")
        })
        .and_then(|places| duizhao::ui::run(&places, project).map_err(|error| cannot_open(&error)));
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => cli::fail(&error),
    }
}

/// Says what a machine without display or OpenGL lacks.
#[cfg(feature = "gui")]
fn cannot_open(error: &eframe::Error) -> anyhow::Error {
    anyhow::anyhow!(
        "cannot open a window: {error}; a display is needed (on Debian: libx11-6 libx11-xcb1 libxcursor1 libxi6 \
         libxkbcommon-x11-0 libgl1 libegl1, and an X11 or Wayland session). `duizhao help` lists the commands that \
         need no window"
    )
}

#[cfg(not(feature = "gui"))]
fn window(_project: Option<PathBuf>) -> ExitCode {
    cli::fail(&anyhow::anyhow!("this build has no window (feature `gui`); `duizhao help` lists the commands"))
}
