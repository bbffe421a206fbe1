/** One challenge of a WWW-Authenticate header, RFC 9110 11.6.1. */
export interface Challenge {
	/** As the server spells it. */
	scheme: string;
	/** The token after the scheme (base64), when it carries one instead of parameters. */
	token?: string;
}

/**
 * Reads the challenges out of all WWW-Authenticate header lines, whether the server sent one line
 * per scheme or joined them by commas (as Node and many proxies do). Commas inside quoted
 * parameters do not separate. Never throws.
 */
export function parseChallenges(headerLines: readonly string[]): Challenge[] {
	const challenges: Challenge[] = [];
	for (const line of headerLines) {
		for (const part of splitOutsideQuotes(line)) {
			const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]+(.*))?$/s.exec(part);
			// "realm=…" after a comma belongs to the challenge before it.
			if (match === null || match[2]?.startsWith('=')) continue;
			const [, scheme, rest] = match;
			const token = rest !== undefined && /^[0-9A-Za-z+/._~-]+=*$/.test(rest.trim());
			challenges.push(token ? { scheme, token: rest.trim() } : { scheme });
		}
	}
	return challenges;
}

export function findChallenge(
	challenges: readonly Challenge[],
	scheme: string,
): Challenge | undefined {
	const wanted = scheme.toLowerCase();
	const found = challenges.filter((challenge) => challenge.scheme.toLowerCase() === wanted);
	return found.find((challenge) => challenge.token !== undefined) ?? found[0];
}

function splitOutsideQuotes(line: string): string[] {
	const parts: string[] = [];
	let current = '';
	let quoted = false;
	for (let index = 0; index < line.length; index += 1) {
		const character = line[index];
		if (quoted && character === '\\') {
			current += character + (line[index + 1] ?? '');
			index += 1;
			continue;
		}
		if (character === '"') quoted = !quoted;
		if (character === ',' && !quoted) {
			parts.push(current.trim());
			current = '';
		} else {
			current += character;
		}
	}
	parts.push(current.trim());
	return parts.filter((part) => part !== '');
}
