import type { RecordKey } from '../read/question';
import { html, type Part, type SafeHtml } from './html';

/** Address within the page: relative, so that it holds behind any proxy and under the test address. */
export function pageAddress(query: Record<string, string | number | undefined>): string {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined && value !== '') search.set(name, String(value));
	}
	return `?${search.toString()}`;
}

export function storyAddress(record: RecordKey, more: Record<string, string> = {}): string {
	const { entity, company, key } = record;
	return pageAddress({ page: 'story', entity, company, key, ...more });
}

export function runAddress(runId: string): string {
	return pageAddress({ page: 'run', run: runId });
}

/**
 * A link to another site, only over http(s) and only to a host that is known (or below one);
 * for any other address just the text.
 */
export function outsideLink(address: string, text: Part, hosts: readonly string[]): SafeHtml {
	const known = knownAddress(address, hosts);
	if (known === null) return html`${text}`;
	return html`<a href="${known}" target="_blank" rel="noopener noreferrer"
		>${text}<span class="out" aria-hidden="true"> ↗</span
		><span class="unseen"> (opens in a new tab)</span></a
	>`;
}

/** The address as a browser would read it, or null when it is not to be followed. */
export function knownAddress(address: string, hosts: readonly string[]): string | null {
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return null;
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
	if (url.username !== '' || url.password !== '') return null;
	const matches = hosts.some((host) =>
		host.includes(':')
			? url.host === host
			: url.hostname === host || url.hostname.endsWith(`.${host}`),
	);
	return matches ? url.href : null;
}

/** Hosts from text: names or whole addresses, separated by blanks or commas. */
export function hostsOf(text: string): string[] {
	return text
		.split(/[\s,;]+/)
		.map((part) =>
			part
				.toLowerCase()
				.replace(/^https?:\/\//, '')
				.replace(/\/.*$/, ''),
		)
		.filter((host) => /^[a-z0-9.-]+(:\d+)?$/.test(host));
}
