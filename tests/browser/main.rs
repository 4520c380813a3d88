//! What only a browser can tell: whether pages open without a fault over HTTP and from the disk,
//! search and lists work, the keyboard suffices, and print is whole.
//!
//! Where Chromium (or another program that a test needs) is not installed, the test is reported
//! as ignored, with the reason; with `CLAUSEBOOK_REQUIRE_BROWSER=1` that is a failure.
#![expect(clippy::disallowed_methods, reason = "tests read and write the disk and run programs")]

mod axe;
mod chromium;
#[path = "../shell/deadline.rs"]
mod deadline;
mod found;
mod hostile;
#[path = "../hostile/corpus.rs"]
mod hostile_corpus;
mod keyboard;
mod lists;
mod pages;
mod preview;
mod print;
mod search;
mod site;
mod tab;
mod valid;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Completion, Failed, Trial};

/// What a test needs that is not everywhere.
#[derive(Clone, Copy, Debug)]
enum Need {
    /// Chromium, and the shell that opens its pipes.
    Browser,
    /// axe-core.
    Axe,
    /// The programs of poppler that read PDF.
    Reader,
    /// The Nu Html Checker, and Java.
    Checker,
}

impl Need {
    /// Why a test that needs it cannot run here.
    fn missing(self) -> Option<String> {
        match self {
            Need::Browser if !cfg!(unix) => Some("a Unix shell opens the browser's pipes".into()),
            Need::Browser if chromium::program().is_none() => {
                Some("Chromium is not installed; CLAUSEBOOK_CHROMIUM can name it".into())
            }
            Need::Axe if axe::script().is_none() => {
                Some("CLAUSEBOOK_AXE names no axe.min.js".into())
            }
            Need::Reader if !print::reader() => {
                Some("pdftotext and pdfinfo are not installed".into())
            }
            Need::Checker if valid::checker().is_none() => {
                Some("CLAUSEBOOK_VNU names no vnu.jar".into())
            }
            Need::Checker if chromium::on_path("java").is_none() => {
                Some("Java is not installed".into())
            }
            Need::Browser | Need::Axe | Need::Reader | Need::Checker => None,
        }
    }
}

fn test(name: &str, needs: &'static [Need], run: fn()) -> Trial {
    Trial::ignorable_test(name, move || {
        let Some(reason) = needs.iter().find_map(|need| need.missing()) else {
            run();
            return Ok(Completion::Completed);
        };
        if std::env::var_os("CLAUSEBOOK_REQUIRE_BROWSER").is_some() {
            return Err(Failed::from(reason));
        }
        Ok(Completion::ignored_with(reason))
    })
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let scratch = tempfile::tempdir().expect("a folder for the tests");
    site::write_to(scratch.path());
    let browser: &[Need] = &[Need::Browser];
    let axe: &[Need] = &[Need::Browser, Need::Axe];
    let paper: &[Need] = &[Need::Browser, Need::Reader];
    let checker: &[Need] = &[Need::Checker];
    let mut tests = vec![
        test("pages::open_from_disk", browser, pages::open_from_disk),
        test("pages::open_over_http", browser, pages::open_over_http),
        test("pages::open_as_drafts", browser, pages::open_as_drafts),
        test("pages::read_without_scripts", browser, pages::read_without_scripts),
        test("pages::keep_the_theme", browser, pages::keep_the_theme),
        test("pages::say_that_a_review_has_lapsed", browser, pages::say_that_a_review_has_lapsed),
        test("lists::filter_and_sort", browser, lists::filter_and_sort),
        test("lists::export_what_is_shown", browser, lists::export_what_is_shown),
        test("keyboard::reaches_everything", browser, keyboard::reaches_everything),
        test("keyboard::skips_to_the_content", browser, keyboard::skips_to_the_content),
        test("keyboard::works_the_search", browser, keyboard::works_the_search),
        test("keyboard::works_lists_and_menus", browser, keyboard::works_lists_and_menus),
        test(
            "hostile::nothing_runs_under_the_policy",
            browser,
            hostile::nothing_runs_under_the_policy,
        ),
        test(
            "hostile::nothing_runs_without_the_policy",
            browser,
            hostile::nothing_runs_without_the_policy,
        ),
        test("hostile::what_is_found_does_not_run", browser, hostile::what_is_found_does_not_run),
        test(
            "hostile::files_beside_the_pages_do_not_run",
            browser,
            hostile::files_beside_the_pages_do_not_run,
        ),
        test("axe::light", axe, axe::light),
        test("axe::dark", axe, axe::dark),
        test("axe::phone", axe, axe::phone),
        test("axe::dark_phone", axe, axe::dark_phone),
        test("axe::drafts_light", axe, axe::drafts_light),
        test("axe::drafts_dark", axe, axe::drafts_dark),
        test("axe::what_opens", axe, axe::what_opens),
        test("print::documents_carry_their_control", paper, print::documents_carry_their_control),
        test("print::drafts_are_marked", paper, print::drafts_are_marked),
        test(
            "print::nothing_is_cut_off_or_folded_away",
            paper,
            print::nothing_is_cut_off_or_folded_away,
        ),
        test("print::wide_lists_lie_across", paper, print::wide_lists_lie_across),
        test("valid::our_own_manual", checker, valid::our_own_manual),
        test("valid::a_manual_of_drafts", checker, valid::a_manual_of_drafts),
        test("valid::hostile_content", checker, valid::hostile_content),
        test("preview::follows_what_is_saved", browser, preview::follows_what_is_saved),
        test("preview::keeps_the_place", browser, preview::keeps_the_place),
        test("preview::shows_what_is_wrong", browser, preview::shows_what_is_wrong),
        test("preview::follows_a_document", browser, preview::follows_a_document),
        test("preview::changes_the_style", browser, preview::changes_the_style),
    ];
    let search = search::TESTS.iter().chain(found::TESTS);
    tests.extend(search.map(|(name, run)| test(name, browser, *run)));
    let conclusion = libtest_mimic::run(&arguments, tests);
    chromium::end();
    conclusion.exit_code()
}
