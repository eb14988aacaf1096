//! The program `relink`: its arguments, and the one place that speaks of a
//! failed command.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use relink_server::commands;

#[derive(Parser)]
#[command(
    name = "relink",
    version,
    about = "Connect and repair bank connections through Mastercard Open Finance"
)]
struct Arguments {
    /// The configuration file (TOML); `relink config show` prints every key.
    #[arg(long, short, global = true, env = "RELINK_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the web application (in the sandbox environment with the sandbox).
    Serve,
    /// Serve the stand-in for Mastercard alone.
    Sandbox(commands::sandbox::Arguments),
    /// Bring the database up to date.
    Migrate,
    /// Try out everything the configuration names, and explain what is wrong.
    Doctor(commands::doctor::Arguments),
    /// Check or show the configuration.
    #[command(subcommand)]
    Config(commands::config::Command),
    /// Print what each aggregation status code means here.
    Codes(commands::codes::Arguments),
    /// Search institutions, or write the sandbox's directory out.
    #[command(subcommand)]
    Institutions(commands::institutions::Command),
    /// Walk, write out or erase what staff did.
    #[command(subcommand)]
    Audit(commands::audit::Command),
    /// Hold the figures of the health pages against a recount, or mend them.
    #[command(subcommand)]
    Figures(commands::figures::Command),
    /// Copy the embedded database to a file, also while `serve` runs.
    Backup(commands::backup::Arguments),
    /// Make an admin, invite somebody, help who lost a factor, replace the partner secret.
    #[command(subcommand)]
    Admin(commands::admin::Command),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Serve => commands::serve::run(arguments.config.as_deref()),
        Command::Sandbox(sandbox) => commands::sandbox::run(arguments.config.as_deref(), sandbox),
        Command::Migrate => commands::migrate::run(arguments.config.as_deref()),
        Command::Doctor(doctor) => commands::doctor::run(arguments.config.as_deref(), &doctor),
        Command::Config(config) => commands::config::run(arguments.config.as_deref(), &config),
        Command::Codes(codes) => commands::codes::run(arguments.config.as_deref(), &codes),
        Command::Institutions(institutions) => {
            commands::institutions::run(arguments.config.as_deref(), &institutions)
        }
        Command::Backup(backup) => commands::backup::run(arguments.config.as_deref(), &backup),
        Command::Figures(figures) => commands::figures::run(arguments.config.as_deref(), &figures),
        Command::Audit(audit) => commands::audit::run(arguments.config.as_deref(), &audit),
        Command::Admin(admin) => commands::admin::run(arguments.config.as_deref(), &admin),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            // The one place that speaks to the terminal of a failed command.
            #[expect(clippy::print_stderr, reason = "the operator reads this")]
            {
                eprintln!("relink: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}
