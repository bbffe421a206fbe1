/** An element of a parsed page: only what the tests ask about. */
export interface Element {
	tag: string;
	attributes: Record<string, string>;
	children: Array<Element | string>;
}

const VOID = new Set(['meta', 'input', 'br', 'hr', 'img', 'link']);
/** A comment, doctype or tag with its attributes in double quotes, as our pages write them. */
const TAG =
	/<!doctype html>|<\/([a-z][a-z0-9]*)\s*>|<([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)\s*(\/?)>/gy;

/**
 * Reads a page strictly: whatever is not a well-formed tag of ours throws, so that text from a table
 * which got into the markup unescaped cannot go unnoticed.
 */
export function parseHtml(html: string): Element {
	const root: Element = { tag: '#document', attributes: {}, children: [] };
	const open = [root];
	let position = 0;
	while (position < html.length) {
		const parent = open.at(-1)!;
		if (parent.tag === 'style') {
			const end = html.indexOf('</style>', position);
			parent.children.push(html.slice(position, end));
			position = end;
		}
		const next = html.indexOf('<', position);
		const text = html.slice(position, next < 0 ? html.length : next);
		if (text.trim()) parent.children.push(decoded(text));
		if (next < 0) break;
		TAG.lastIndex = next;
		const match = TAG.exec(html);
		if (!match) throw new Error(`No tag of ours: ${html.slice(next, next + 120)}`);
		position = TAG.lastIndex;
		const [, closing, opening, attributes = '', selfClosing] = match;
		if (closing) {
			if (open.pop()!.tag !== closing) throw new Error(`</${closing}> closes nothing`);
		} else if (opening) {
			const element: Element = { tag: opening, attributes: attributesOf(attributes), children: [] };
			open.at(-1)!.children.push(element);
			if (!VOID.has(opening) && !selfClosing) open.push(element);
		}
	}
	if (open.length !== 1) throw new Error(`<${open.at(-1)!.tag}> was never closed`);
	return root;
}

/** Every element with this tag and, if given, this class. */
export function all(within: Element, tag: string, className?: string): Element[] {
	return within.children.flatMap((child) => {
		if (typeof child === 'string') return [];
		const fits =
			(tag === '*' || child.tag === tag) &&
			(className === undefined || (child.attributes.class ?? '').split(/\s+/).includes(className));
		return [...(fits ? [child] : []), ...all(child, tag, className)];
	});
}

/** Text of an element as a person reads it. */
export function textOf(element: Element): string {
	return element.children
		.map((child) => (typeof child === 'string' ? child : textOf(child)))
		.join(' ')
		.replace(/\s+/g, ' ')
		.trim();
}

function attributesOf(text: string): Record<string, string> {
	return Object.fromEntries(
		[...text.matchAll(/([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?/g)].map(([, name, value]) => [
			name!,
			decoded(value ?? ''),
		]),
	);
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00A0' };

function decoded(text: string): string {
	return text.replace(/&(#\d+|[a-z]+);/g, (entity, name: string) =>
		name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : (NAMED[name] ?? entity),
	);
}
