import { escapeHtml } from '../../model/foreign-text';

/** Markup that is safe to put into a page as it is: everything foreign in it has been escaped. */
export class SafeHtml {
	constructor(readonly text: string) {}

	toString(): string {
		return this.text;
	}
}

/** What may stand in `${}`: text is escaped, markup goes in as it is, nothing adds nothing. */
export type Part = SafeHtml | string | number | null | undefined | false | readonly Part[];

/**
 * Writes markup: html`<td>${anything}</td>`. Text from tables can only become text. Attributes must
 * be in double quotes, and an address must come from links.ts: escaping does not disarm `javascript:`.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): SafeHtml {
	return new SafeHtml(
		strings.reduce((text, literal, index) => text + markup(parts[index - 1]) + literal),
	);
}

/** Our own constant text, e.g. the style sheet. Never anything that was read from somewhere. */
export function trusted(text: string): SafeHtml {
	return new SafeHtml(text);
}

function markup(part: Part): string {
	if (part === null || part === undefined || part === false) return '';
	if (part instanceof SafeHtml) return part.text;
	if (Array.isArray(part)) return (part as readonly Part[]).map(markup).join('');
	return escapeHtml(withoutMisleading(String(part)));
}

/** Control characters, and those that turn the direction of text around and so show what is not there. */
const MISLEADING = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

function withoutMisleading(text: string): string {
	return text.replace(MISLEADING, (sign) => (/[\t\n\r]/.test(sign) ? ' ' : '\uFFFD'));
}
