import { htmlText } from '../../model/foreign-text';
import type { Steps } from '../../http/read-body';

export interface HelpLink {
	text: string;
	href: string;
	/** Heading above the link, e.g. "Dictionaries". */
	section: string;
}

/** One operation the service's description names. */
export interface HelpOperation {
	/** As written, e.g. "Purchasing/Vendors({VendorId})". */
	path: string;
	verb: string;
}

/** A heading, a label or an address is no longer, in characters. */
const LONGEST_LABEL = 2_000;
const STEP = 200;

/** Links of a page of the service's description ("Discovery"), each under its heading. One walk over its tags. */
export function* helpLinks(html: string): Steps<HelpLink[]> {
	const links: HelpLink[] = [];
	let section = '';
	let count = 0;
	let at = html.indexOf('<');
	while (at >= 0) {
		if ((count += 1) % STEP === 0) yield;
		const tag = /^<(?:(h[1-6]|th|legend|caption|dt)|a)\b[^>]{0,1000}>/i.exec(
			html.slice(at, at + 1_100),
		);
		if (!tag) {
			at = html.indexOf('<', at + 1);
			continue;
		}
		const from = at + tag[0].length;
		const inner = html.slice(from, from + LONGEST_LABEL);
		const close = inner.search(tag[1] ? new RegExp(`</${tag[1]}\\b`, 'i') : /<\/a\b/i);
		if (close < 0) {
			at = html.indexOf('<', from);
			continue;
		}
		const text = htmlText(inner.slice(0, close));
		if (tag[1]) {
			section = text || section;
			// A link may stand in the heading.
			at = html.indexOf('<', from);
			continue;
		}
		const href = /\shref\s{0,4}=\s{0,4}["']?([^"'\s>]{1,1000})/i.exec(tag[0])?.[1];
		if (href !== undefined && !/^(?:#|javascript:|mailto:)/i.test(href))
			links.push({ text, href: htmlText(href), section });
		at = html.indexOf('<', from + close);
	}
	return links;
}

const VERBS = /\b(?:GET|POST|PATCH|PUT|DELETE)\b/g;
const ORIGIN = /https?:\/\/[^\s"'<>/]{1,255}/g;
const SEGMENT = String.raw`[A-Za-z][\w.-]{0,80}(?:\([^)\s]{0,100}\))?`;
const RESOURCE = new RegExp(
	String.raw`(?:GPService\/)?(?:Tenants\([^)]{0,100}\)\/)?(?:Companies\((?:[^()]|\([^)]{0,100}\)){0,100}\)\/)?(${SEGMENT}(?:\/${SEGMENT}){1,12})`,
	'g',
);

/** Operations a page names: table rows or lines that hold a path and, if they tell it, the verbs. */
export function* helpOperations(html: string): Steps<HelpOperation[]> {
	const operations: HelpOperation[] = [];
	let count = 0;
	for (const part of html.split(/<\/(?:tr|p|li|div|h[1-6]|dd|dt)>|<br\s{0,4}\/?>|\n/i)) {
		if ((count += 1) % STEP === 0) yield;
		const line = htmlText(part.slice(0, LONGEST_LABEL)).replace(ORIGIN, '');
		if (!line.includes('/')) continue;
		const verbs = [...new Set(line.match(VERBS) ?? [])];
		for (const match of line.matchAll(RESOURCE)) {
			const path = resourcePath(match[1]!);
			if (!path) continue;
			for (const verb of verbs.length > 0 ? verbs : ['GET']) operations.push({ path, verb });
		}
	}
	return operations;
}

/** A resource without key, format suffix and what stands before the company; null for what is no resource. */
export function resourcePath(written: string): string | null {
	let path = decodeText(written.slice(0, LONGEST_LABEL));
	const help = path.toLowerCase().indexOf('/help/');
	if (help >= 0) path = path.slice(help + '/help/'.length);
	const company = /Companies\((?:[^()]|\([^)]{0,100}\)){0,100}\)\//i.exec(path);
	if (company) path = path.slice(company.index + company[0].length);
	const parts = path
		.replace(/\([^()]{0,200}\)/g, '')
		.replace(/\.(?:json|xml|html?|aspx)$/i, '')
		.split('/')
		.filter((part, index, all) => part !== '' || (index > 0 && index < all.length - 1));
	const isResource =
		parts.length >= 2 && parts.every((part) => /^[A-Za-z][\w.-]{0,200}$/.test(part));
	return isResource ? parts.join('/') : null;
}

function decodeText(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
