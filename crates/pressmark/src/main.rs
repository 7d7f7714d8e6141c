//! The program: a news library on your own machine.
//!
//! `run` is one `match`: every subcommand is a file in `commands/`. What a command found goes to
//! standard output, talk and progress to standard error.

mod args;
mod commands;
mod config;
mod desk;
mod discover;
mod newspaper;
mod origin;
mod reading;
mod rules;
mod shop;
mod talk;
mod workshop;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

/// How a command ended, as scripts see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Done: exit code 0.
    Done,
    /// Nothing came of it: exit code 1.
    Failed,
    /// Done, but some sources (documents, pages) failed: exit code 3.
    Partly,
}

/// The exit code of a command line that can't be understood.
const WRONG_USE: u8 = 2;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    talk::log_to_stderr(args.verbose);
    match run(args) {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Failed) => ExitCode::from(1),
        Ok(End::Partly) => ExitCode::from(3),
        Err(error) => {
            talk::say(&format!("pressmark: {error:#}"));
            let wrong_use = error.downcast_ref::<args::WrongUse>().is_some();
            ExitCode::from(if wrong_use { WRONG_USE } else { 1 })
        }
    }
}

/// Prints help (to standard output) or what is wrong with the command line (to standard error).
fn usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        talk::say(error.render().to_string().trim_end());
        return ExitCode::from(WRONG_USE);
    }
    let _ = error.print();
    ExitCode::SUCCESS
}

fn run(args: Args) -> anyhow::Result<End> {
    let Args { global, command, .. } = args;
    match command {
        Command::Extract(args) => commands::extract::run(&global, &args),
        Command::ReadListing(args) => commands::read_listing::run(&args),
        Command::Clean(_) => commands::clean::run(),
        Command::Guard(_) => commands::guard::run(),
        Command::PictureWorker => commands::picture_worker::run(),
        library => shop::runtime()?.block_on(run_in_library(global, library)),
    }
}

async fn run_in_library(global: args::Global, command: Command) -> anyhow::Result<End> {
    match command {
        Command::Demo(args) => commands::demo::run(global, args).await,
        Command::Add(args) => commands::add::run(global, args).await,
        Command::Fetch(args) => commands::fetch::run(global, args).await,
        Command::Run(args) => commands::run::run(global, args).await,
        Command::Serve(args) => commands::serve::run(global, args).await,
        Command::Heal(args) => commands::heal::run(global, args).await,
        Command::Sources => commands::sources::run(global).await,
        Command::Today => commands::today::run(global).await,
        Command::Search(args) => commands::search::run(global, args).await,
        Command::Show(args) => commands::show::run(global, args).await,
        Command::Print(args) => commands::print::run(global, args).await,
        Command::Import(args) => commands::import::run(global, args).await,
        Command::Export(args) => commands::export::run(global, args).await,
        Command::Pictures(args) => commands::pictures::run(global, args).await,
        Command::Verify(args) => commands::verify::run(global, args).await,
        Command::Doctor => commands::doctor::run(global).await,
        Command::Extract(_)
        | Command::ReadListing(_)
        | Command::Clean(_)
        | Command::Guard(_)
        | Command::PictureWorker => {
            unreachable!("pure tools are run without a library")
        }
    }
}
