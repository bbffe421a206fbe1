/** The product of a calculation that stands in the texts: it appears only where somebody ran them. */
export const EVALUATED = String(99991 * 99989);

/**
 * What people type, paste or import into the text fields of GP and Procore, and what nobody should
 * run: short enough for GP's narrowest free field (a purchase order number, 20 characters).
 */
export const HOSTILE = {
	script: '<script>c4n()</script>',
	attribute: '"><img onerror=c4n()>',
	quotes: `' onclick='c4n()' "`,
	link: 'javascript:c4n()//',
	slack: '<!channel> <u|c4n>',
	command: "=cmd|' /C c4n'!A0",
	plus: '+99991*99989',
	minus: '-99991*99989',
	at: '@SUM(99991*99989)',
	tab: '\t=99991*99989',
	carriageReturn: '\r=99991*99989',
	wide: '\uFF1D99991*99989',
	braces: '{{ 99991*99989 }}',
	expression: '={{ 99991*99989 }}',
	environment: '={{ $env.C4NARY }}',
	literal: '${99991*99989}`',
	wildcards: `100%_'"\\%`,
	path: '..\\..\\c4n/../\\n',
	prototype: '__proto__',
	bidi: 'c4n\u202Egnp.exe\u202C',
	invisible: 'c4n\u200B\u200D\uFEFFx',
	control: 'c4n\u0007\u0008x',
	nul: 'c4n\u0000x',
	surrogate: 'c4n\uD83Dx',
	emoji: 'c4n\u{1F9F1}\u0301é',
	json: '"}]},{"c4n":[{"',
	sql: `'); DROP TABLE--c4n`,
	long: 'c4n'.repeat(60),
} as const;

export type HostileName = keyof typeof HOSTILE;
export const HOSTILE_NAMES = Object.keys(HOSTILE) as HostileName[];
