import { htmlText } from '../response/server-message';

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

/** Links of a page of the service's description ("Discovery"), each under its heading. */
export function helpLinks(html: string): HelpLink[] {
	const links: HelpLink[] = [];
	let section = '';
	for (const match of html.matchAll(
		/<(h[1-6]|th|legend|caption|dt)\b[^>]*>([\s\S]*?)<\/\1>|<a\b[^>]*?href\s*=\s*["']?([^"'\s>]+)["']?[^>]*>([\s\S]*?)<\/a>/gi,
	)) {
		const [, , heading, href, text] = match;
		if (href === undefined) section = htmlText(heading ?? '') || section;
		else if (!/^(#|javascript:|mailto:)/i.test(href))
			links.push({ text: htmlText(text ?? ''), href: htmlText(href), section });
	}
	return links;
}

const VERBS = /\b(GET|POST|PATCH|PUT|DELETE)\b/g;
const RESOURCE =
	/(?:https?:\/\/[^\s"'<>]+?)?\/?(?:GPService\/)?(?:Tenants\([^)]*\)\/)?(?:Companies\((?:[^()]|\([^)]*\))*\)\/)?([A-Za-z][\w.-]*(?:\([^)\s]*\))?(?:\/[A-Za-z][\w.-]*(?:\([^)\s]*\))?)+)/g;

/** Operations a page names: table rows or lines that hold a path and, if they tell it, the verbs. */
export function helpOperations(html: string): HelpOperation[] {
	const operations: HelpOperation[] = [];
	const lines = html
		.replace(/<\/(tr|p|li|div|h[1-6]|dd|dt)>|<br\s*\/?>/gi, '\n')
		.split('\n')
		.map(htmlText)
		.filter((line) => line.includes('/'));
	for (const line of lines) {
		const verbs = [...new Set([...line.matchAll(VERBS)].map(([verb]) => verb))];
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
	const path = decodeText(written)
		.replace(/^.*?\/help\//i, '')
		.replace(/^.*?Companies\((?:[^()]|\([^)]*\))*\)\//i, '')
		.replace(/\.(json|xml|html?|aspx)$/i, '')
		.replace(/\([^)]*\)/g, '')
		.replace(/^\/+|\/+$/g, '');
	return /^[A-Za-z][\w.-]*(\/[A-Za-z][\w.-]*)+$/.test(path) ? path : null;
}

function decodeText(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
