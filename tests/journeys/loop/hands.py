"""What a person's hands do on any screen: press, choose a file, fill a form by its labels."""

import re


def press(page, name):
    """Press the main part's button of that name and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def submit(page, name=None):
    """Press the form's main button and wait for the next page."""
    button = page.locator("main form button.btn-primary")
    with page.expect_navigation():
        (button.filter(has_text=name) if name else button).first.click()


def fill(page, **answers):
    """Fill boxes by their labels; underscores stand for spaces."""
    for label, words in answers.items():
        box(page, label.replace("_", " ")).fill(words)


def box(page, label):
    """Find a form's field by the words its label begins with."""
    return page.locator("main").get_by_label(re.compile(f"^{re.escape(label)}")).first


def choose_file(page, label, name, content, kind="text/csv"):
    """Put a file made in memory into a form."""
    chosen = {"name": name, "mimeType": kind, "buffer": content}
    page.get_by_label(label, exact=True).set_input_files(chosen)
