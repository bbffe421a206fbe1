import type { PageName } from '../read/question';
import { moment } from './format';
import { html, trusted, type Part, type SafeHtml } from './html';
import { pageAddress } from './links';
import { STYLE } from './style';

const MENU: ReadonlyArray<readonly [PageName, string]> = [
	['overview', 'Overview'],
	['waiting', 'Waiting'],
	['crosswalks', 'Crosswalks'],
	['runs', 'Runs'],
	['reconciliation', 'Reconciliation'],
];

/**
 * n8n sets a Content-Security-Policy header of its own (a sandbox) and lets nobody set another, so
 * ours stands in the page: no script, nothing from outside, forms only to where the page came from.
 */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'";

/** The whole document around what a page shows. */
export function layout(page: {
	title: string;
	/** Line under the title. */
	lead?: Part;
	current: PageName;
	search: string;
	/** UTC instant. */
	now: string;
	/** Seconds after which the browser looks again. */
	refreshAfter?: number;
	body: Part;
}): SafeHtml {
	const { title, lead, current, search, now, refreshAfter, body } = page;
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}" />
				<meta name="robots" content="noindex, nofollow" />
				<meta name="referrer" content="no-referrer" />
				${refreshAfter !== undefined &&
				html`<meta http-equiv="refresh" content="${refreshAfter}" />`}
				<title>${title} · GP to Procore</title>
				<style>
					${trusted(STYLE)}
				</style>
			</head>
			<body>
				<a class="skip" href="#content">Skip to the content</a>
				<header class="top">
					<div>
						<a class="brand" href="${pageAddress({ page: 'overview' })}"
							>GP<i aria-hidden="true">→</i><span class="unseen">to</span>Procore</a
						>
						<nav aria-label="Pages">
							${MENU.map(
								([name, shown]) =>
									html`<a
										href="${pageAddress({ page: name })}"
										${name === current && trusted(' aria-current="page"')}
										>${shown}</a
									>`,
							)}
						</nav>
						<form class="search" method="get" role="search">
							<input type="hidden" name="page" value="search" /><label class="unseen" for="q"
								>Search records</label
							><input
								type="search"
								id="q"
								name="q"
								value="${search}"
								maxlength="80"
								placeholder="Voucher, vendor, job, project, document"
							/><button type="submit">Search</button>
						</form>
					</div>
				</header>
				<main id="content" tabindex="-1">
					<h1>${title}</h1>
					<p class="lead">${lead}</p>
					${body}
				</main>
				<footer>
					As of ${moment(now)}. All times are UTC. Dynamics GP is only read; what stands here was
					written to n8n's Data Tables by the runs.
				</footer>
			</body>
		</html> `;
}
