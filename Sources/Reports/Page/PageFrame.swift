/// What all pages have around their content.
///
/// No scripts, and nothing from elsewhere: an archive of builds shows such a page as it is.
struct PageFrame {
  let title: String
  let content: Markup
  let footer: Markup

  /// The page, in UTF-8 when written out.
  var text: String {
    let page: Markup = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(title)</title>
      <style>\(Self.style)</style></head>
      <body><main>\(content)</main>
      <footer>\(footer)</footer>
      </body></html>

      """
    return page.text
  }

  /// How pages look.
  static let style = Markup(trusted: PackageResources.page_css)
}
