import ContractGenerator

/// The style of all pages.
enum SiteStyle {
    static let file = GeneratedFile(
        name: PageShell.styleName,
        contents: "/* \(GeneratedFile.words). Do not edit: change the contract, and generate again. */\n" + text)

    private static let text = #"""
        :root {
          color-scheme: light dark;
          --page: #ffffff; --raised: #f6f8fb; --line: #d9dfe8; --text: #1b2430; --soft: #566274; --link: #0b57b8;
          --accent: #0b57b8; --accent-soft: #e6f0fd; --code: #f1f4f9; --topic: #eef5ff; --topic-line: #8fb4e8;
          --service: #f0faf4; --service-line: #7cbf97; --flow: #94a3b8; --good: #176b3a; --good-soft: #e3f6ea;
          --warn: #8a4b00; --warn-soft: #fdf0dc; --bad: #a61b29; --bad-soft: #fde8ea; --pending: #f0b95c;
          --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
          --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", Arial, sans-serif;
        }
        @media (prefers-color-scheme: dark) {
          :root:not([data-theme="light"]) {
            --page: #10151d; --raised: #171e29; --line: #2b3646; --text: #e5eaf2; --soft: #a3b0c2; --link: #86b7ff;
            --accent: #86b7ff; --accent-soft: #1a2c47; --code: #1b2431; --topic: #16243a; --topic-line: #3f6ba8;
            --service: #14281f; --service-line: #3d7f5b; --flow: #64748b; --good: #7fd6a1; --good-soft: #14301f;
            --warn: #f3bd72; --warn-soft: #3a2a12; --bad: #ff9aa5; --bad-soft: #43191f; --pending: #a8782f;
          }
        }
        :root[data-theme="dark"] {
          color-scheme: dark;
          --page: #10151d; --raised: #171e29; --line: #2b3646; --text: #e5eaf2; --soft: #a3b0c2; --link: #86b7ff;
          --accent: #86b7ff; --accent-soft: #1a2c47; --code: #1b2431; --topic: #16243a; --topic-line: #3f6ba8;
          --service: #14281f; --service-line: #3d7f5b; --flow: #64748b; --good: #7fd6a1; --good-soft: #14301f;
          --warn: #f3bd72; --warn-soft: #3a2a12; --bad: #ff9aa5; --bad-soft: #43191f; --pending: #a8782f;
        }
        :root[data-theme="light"] { color-scheme: light; }

        * { box-sizing: border-box; }
        html { scroll-padding-top: 4.5rem; }
        body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.6 var(--sans); }
        a { color: var(--link); text-underline-offset: 0.2em; }
        a:not(:hover) { text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
        main:focus { outline: none; }
        code, pre { font-family: var(--mono); font-size: 0.875em; }
        code { background: var(--code); padding: 0.1em 0.35em; border-radius: 4px; overflow-wrap: anywhere; }
        pre code { background: none; padding: 0; font-size: inherit; overflow-wrap: normal; }
        pre { background: var(--code); border: 1px solid var(--line); border-radius: 8px; padding: 0.9rem 1rem; margin: 0.6rem 0;
          overflow: auto; line-height: 1.5; tab-size: 4; max-height: 32rem; }
        .unseen, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
          white-space: nowrap; }
        .skip:focus { position: fixed; top: 0.5rem; left: 0.5rem; z-index: 30; background: var(--page); padding: 0.5rem 1rem; }

        .top { position: sticky; top: 0; z-index: 20; display: flex; align-items: center; gap: 1rem; padding: 0 1.5rem;
          height: 3.75rem; background: var(--page); border-bottom: 1px solid var(--line); }
        .brand { display: flex; align-items: baseline; gap: 0.5rem; text-decoration: none; color: var(--text); min-width: 0; }
        .brand .name { font-weight: 700; font-size: 1.125rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
        .brand .version { color: var(--soft); font-size: 0.875rem; }
        .search { position: relative; flex: 1; max-width: 34rem; margin-left: auto; }
        .search input { width: 100%; padding: 0.5rem 0.9rem; border: 1px solid var(--line); border-radius: 999px;
          background: var(--raised); color: var(--text); font: inherit; font-size: 0.9375rem; }
        .search input::placeholder { color: var(--soft); opacity: 1; }
        #results { position: absolute; inset: calc(100% + 0.35rem) 0 auto 0; margin: 0; padding: 0.35rem; list-style: none;
          background: var(--page); border: 1px solid var(--line); border-radius: 10px; max-height: 70vh; overflow: auto;
          box-shadow: 0 12px 32px rgb(0 0 0 / 18%); }
        #results a { display: block; padding: 0.45rem 0.7rem; border-radius: 6px; text-decoration: none; color: var(--text); }
        #results [aria-selected="true"] a { background: var(--accent-soft); }
        #results b { font-family: var(--mono); font-weight: 600; font-size: 0.9rem; overflow-wrap: anywhere; }
        #results i { float: right; margin-left: 1rem; color: var(--soft); font-style: normal; font-size: 0.8125rem; }
        #results span { display: block; color: var(--soft); font-size: 0.8125rem; white-space: nowrap; overflow: hidden;
          text-overflow: ellipsis; }
        #theme { border: 1px solid var(--line); border-radius: 999px; background: var(--raised); color: var(--text);
          font: inherit; font-size: 0.875rem; padding: 0.35rem 0.9rem; cursor: pointer; }

        .frame { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 90rem; margin: 0 auto; }
        .side { position: sticky; top: 3.75rem; align-self: start; height: calc(100vh - 3.75rem); overflow: auto;
          padding: 1.5rem 0.75rem 3rem 1.5rem; border-right: 1px solid var(--line); font-size: 0.9063rem; }
        .side ul { list-style: none; margin: 0; padding: 0; }
        .side > ul > li { margin-bottom: 0.9rem; }
        .side > ul > li > a { font-weight: 600; color: var(--text); }
        .side a { display: block; padding: 0.2rem 0.6rem; border-radius: 6px; text-decoration: none; color: var(--soft);
          overflow-wrap: anywhere; }
        .side li li a { padding-left: 0.9rem; font-size: 0.875rem; line-height: 1.45; }
        .side a:hover { background: var(--raised); color: var(--text); }
        .side a[aria-current] { background: var(--accent-soft); color: var(--link); font-weight: 600; }
        main { padding: 2.25rem 2.5rem 4rem; min-width: 0; }
        footer { border-top: 1px solid var(--line); padding: 1rem 1.5rem; color: var(--soft); font-size: 0.875rem; text-align: center; }
        footer p { margin: 0; }

        .kind { margin: 0; color: var(--soft); font-size: 0.8125rem; font-weight: 600; letter-spacing: 0.06em;
          text-transform: uppercase; }
        h1 { font-size: 2.125rem; line-height: 1.2; letter-spacing: -0.015em; margin: 0 0 0.75rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.4375rem; line-height: 1.3; margin: 2.75rem 0 0.75rem; }
        h3 { font-size: 1rem; margin: 1.25rem 0 0.4rem; }
        h4 { font-size: 1rem; margin: 1rem 0 0.25rem; }
        p { margin: 0.5rem 0; max-width: 46rem; }
        .anchor { color: inherit; text-decoration: none; }
        .anchor:hover::after { content: " #"; color: var(--soft); }
        .description { font-size: 1.0625rem; }
        .description > :first-child { margin-top: 0; }
        .description img { display: none; }
        blockquote { margin: 0.75rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--soft); }
        .lead { font-size: 1.125rem; }
        .hint, figcaption { color: var(--soft); font-size: 0.9063rem; }
        .none { color: var(--soft); }
        .whole, tbody th > code { white-space: nowrap; }

        .counts { display: flex; flex-wrap: wrap; gap: 0.75rem; list-style: none; padding: 0; margin: 1.25rem 0 0; }
        .counts a, .counts span { display: block; padding: 0.6rem 1.1rem; border: 1px solid var(--line); border-radius: 10px;
          background: var(--raised); color: var(--soft); text-decoration: none; font-size: 0.9375rem; }
        .counts a:hover { border-color: var(--accent); }
        .counts strong { display: block; font-size: 1.5rem; line-height: 1.2; color: var(--text); }
        .facts { display: grid; gap: 0 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
          margin: 1.25rem 0; border-top: 1px solid var(--line); }
        .facts div { display: flex; gap: 1rem; padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
        .facts dt { flex: 0 0 8rem; color: var(--soft); font-size: 0.9375rem; }
        .facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }

        .scroll { overflow-x: auto; margin: 0.75rem 0; border: 1px solid var(--line); border-radius: 10px; }
        table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; }
        th, td { text-align: left; vertical-align: top; padding: 0.6rem 0.9rem; border-bottom: 1px solid var(--line); }
        tbody tr:last-child > * { border-bottom: 0; }
        thead th { background: var(--raised); color: var(--soft); font-size: 0.8125rem; font-weight: 600; white-space: nowrap; }
        tbody th { font-weight: 500; }
        td p, th p { margin: 0; }
        td ul { margin: 0.25rem 0; padding-left: 1.1rem; }
        .field { display: block; min-width: 13rem; max-width: 30rem; }
        .field[data-depth="1"] { padding-left: 1.25rem; } .field[data-depth="2"] { padding-left: 2.5rem; }
        .field[data-depth="3"] { padding-left: 3.75rem; } .field[data-depth="4"] { padding-left: 5rem; }
        .field[data-depth="5"] { padding-left: 6.25rem; } .field[data-depth="6"] { padding-left: 7.5rem; }
        .field[data-depth="7"] { padding-left: 8.75rem; } .field[data-depth="8"] { padding-left: 10rem; }
        .required { color: var(--bad); font-size: 0.75rem; margin-left: 0.5rem; }
        .values, .default { display: block; line-height: 1.9; }
        .badge { display: inline-block; padding: 0.05rem 0.6rem; border-radius: 999px; background: var(--accent-soft);
          color: var(--link); font-size: 0.8125rem; font-weight: 600; white-space: nowrap; }
        .field .badge { margin-left: 0.5rem; }
        .badge.sensitive, [data-severity="warning"] { background: var(--warn-soft); color: var(--warn); }
        .badge.deprecated { background: var(--raised); color: var(--soft); }
        .badge[data-severity="critical"] { background: var(--bad-soft); color: var(--bad); }

        .event { border: 1px solid var(--line); border-radius: 10px; margin: 0.6rem 0; padding: 0 1.1rem; }
        .event[open] { padding-bottom: 0.9rem; }
        .event summary { cursor: pointer; padding: 0.7rem 0; }
        .event .summary { color: var(--soft); margin-left: 0.75rem; font-size: 0.9375rem; }
        .event .facts { margin: 0.25rem 0 0.5rem; }
        .event .facts:empty { display: none; }
        .more { margin: 0.75rem 0; }
        .more summary { cursor: pointer; color: var(--soft); }
        .pair { display: grid; gap: 0 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
        .pair > div { min-width: 0; }
        .code { position: relative; }
        .code.wraps pre { white-space: pre-wrap; }
        .code.wraps code { overflow-wrap: anywhere; }
        .code pre { padding-right: 5rem; }
        .copy { position: absolute; top: 0.5rem; right: 0.5rem; border: 1px solid var(--line); border-radius: 6px;
          background: var(--page); color: var(--soft); font: 0.8125rem var(--sans); padding: 0.2rem 0.6rem; cursor: pointer; }
        .copy:hover { color: var(--text); border-color: var(--accent); }
        .change { border-left: 4px solid var(--line); padding: 0.1rem 0 0.1rem 1rem; margin: 1rem 0; }
        .change[data-severity="error"] { border-color: var(--bad); }
        .change[data-severity="warning"] { border-color: var(--warn); background: none; color: inherit; }
        .change[data-severity="error"] .verdict { background: var(--bad-soft); color: var(--bad); }
        .change[data-severity="warning"] .verdict { background: var(--warn-soft); color: var(--warn); }
        .change[data-severity="note"] .verdict { background: var(--good-soft); color: var(--good); }
        .pages { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 1rem; }
        .pages a { padding: 0.25rem 0.75rem; border: 1px solid var(--line); border-radius: 6px; text-decoration: none; }
        .pages a[aria-current] { background: var(--accent-soft); font-weight: 600; }

        .diagram { overflow-x: auto; border: 1px solid var(--line); border-radius: 12px; padding: 1rem; background: var(--page);
          margin: 0.75rem 0 1.5rem; }
        .topology { display: block; margin: 0 auto; }
        .topology .node { stroke-width: 1.25; }
        .topology .topic { fill: var(--topic); stroke: var(--topic-line); }
        .topology .service { fill: var(--service); stroke: var(--service-line); }
        .topology .flow { fill: none; stroke: var(--flow); stroke-width: 1.5; }
        .topology .head { fill: var(--flow); }
        .topology .hit { fill: transparent; }
        .topology .label { font: 13px var(--mono); fill: var(--text); }
        .topology .strong { font-weight: 700; }
        .topology .row { fill: var(--link); }
        .topology .centered { text-anchor: middle; }
        .topology a { text-decoration: none; }
        .topology a:hover .hit { fill: color-mix(in srgb, var(--accent) 12%, transparent); }
        .topology a:hover .service { stroke: var(--accent); }
        .topology a:focus-visible { outline: none; }
        .topology a:focus-visible rect { stroke: var(--accent); stroke-width: 2.5; }
        .topology.wrapped { width: 100%; min-width: 62rem; height: auto; }
        .topology.wrapped .flow { stroke-opacity: 0.22; stroke-width: 1; marker-end: none; }
        .topology.picked .flow { stroke-opacity: 0.2; marker-end: none; }
        .topology.wrapped.picked .flow { stroke-opacity: 0.06; }
        .topology .far .label { fill-opacity: 0.45; }
        .topology .far .node { stroke-opacity: 0.4; }
        .topology.picked .flow.on { stroke-opacity: 1; marker-end: url(#arrow); stroke: var(--accent); stroke-width: 2.25; }

        .chart { margin: 1rem 0; max-width: 46rem; }
        .chart svg { display: block; width: 100%; height: auto; }
        .chart .axis { stroke: var(--flow); stroke-width: 3; stroke-linecap: round; }
        .chart .axis.fires { stroke: var(--bad); }
        .chart .tick { stroke: var(--soft); stroke-width: 1.5; }
        .chart .mark { font: 12px var(--mono); fill: var(--soft); text-anchor: middle; }
        .chart .mark.start { text-anchor: start; } .chart .mark.end { text-anchor: end; }
        .chart .limit { stroke: var(--bad); stroke-width: 2.5; }
        .chart .limit-label { font: 600 13px var(--mono); fill: var(--bad); text-anchor: middle; }
        .chart .plot { fill: var(--raised); stroke: var(--line); }
        .chart .samples { fill: none; stroke: var(--series); stroke-width: 2; }
        .chart [data-line="0"] { --series: var(--link); } .chart [data-line="1"] { --series: var(--good); }
        .chart [data-line="2"] { --series: var(--warn); } .chart [data-line="3"] { --series: var(--bad); }
        .chart [data-line="4"] { --series: var(--soft); } .chart [data-line="5"] { --series: var(--text); }
        .chart .period.pending, .key.pending::before { fill: var(--pending); background: var(--pending); }
        .chart .period.firing, .key.firing::before { fill: var(--bad); background: var(--bad); }
        .key::before { content: ""; display: inline-block; width: 0.8em; height: 0.8em; border-radius: 2px; margin-right: 0.3em; }
        .chart .common { display: block; margin-top: 0.4rem; }
        .chart .samples-text { font-family: var(--mono); font-size: 0.8125rem; overflow-wrap: anywhere; }
        .chart .expectation line { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 4 3; }
        .chart .expectation circle { fill: var(--bad); stroke: var(--bad); stroke-width: 2; }
        .chart .expectation.quiet line { stroke: var(--soft); }
        .chart .expectation.quiet circle { fill: var(--page); stroke: var(--soft); }
        .chart .series { display: block; margin-top: 0.25rem; padding-left: 1.25rem; position: relative; }
        .chart .series::before { content: ""; position: absolute; left: 0; top: 0.7em; width: 0.8rem; border-top: 3px solid var(--series); }

        @media (max-width: 60rem) {
          .frame { display: block; }
          .side { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); padding: 0.6rem 1rem; }
          .side > ul { display: flex; gap: 0.25rem; overflow-x: auto; }
          .side > ul > li { margin: 0; }
          .side > ul > li > a { white-space: nowrap; }
          .side ul ul { display: none; }
          main { padding: 1.5rem 1rem 3rem; }
          .top { padding: 0 1rem; gap: 0.6rem; }
          .brand .version { display: none; }
          h1 { font-size: 1.625rem; }
          .facts dt { flex-basis: 6.5rem; }
        }
        @media print {
          .top, .side, .copy, .skip { display: none; }
          .frame { display: block; max-width: none; }
          main { padding: 0; }
          pre { max-height: none; white-space: pre-wrap; }
          .scroll, .diagram { overflow: visible; break-inside: avoid; }
          .topology { max-width: 100%; height: auto; }
          a { color: inherit; }
        }
        @media (prefers-reduced-motion: no-preference) { .topology .flow { transition: stroke-opacity 0.12s; } }

        """#
}
