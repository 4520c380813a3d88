//! The `clausebook` program: hands the arguments over, and turns the answer into an exit code.

#[global_allocator]
static GLOBAL: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    clausebook::cli::run(std::env::args_os()).into()
}
