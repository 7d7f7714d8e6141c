//! Says so when JPEGs will be slow: MozJPEG is built without its fast instructions where
//! there is no assembler, and what a dependency's build says of it is not shown.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_x86 = std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch.starts_with("x86"));
    let assembles =
        Command::new("nasm").arg("-v").output().is_ok_and(|output| output.status.success());
    if is_x86 && !assembles {
        println!(
            "cargo::warning=nasm is not installed, so JPEGs are read and written several times \
             slower; `apt install nasm && cargo clean -p mozjpeg-sys -p picture` mends it"
        );
    }
}
