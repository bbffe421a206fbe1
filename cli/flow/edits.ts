import { canonical } from './flow';

/**
 * What people changed in one setting of a node, each named by itself where it has a name: the entries of
 * a list (`Mapping: rules, "Rebar goes to concrete"`) and the choices of a collection
 * (`Mapping: policies, unposted`).
 */
export function editsOf(label: string, ours: unknown, theirs: unknown): string[] {
	const [before, now] = [partsOf(ours), partsOf(theirs)];
	if (!before || !now) return [label];
	const changed = [...new Set([...before.keys(), ...now.keys()])].filter(
		(name) => canonical(before.get(name)) !== canonical(now.get(name)),
	);
	return changed.length === 0 ? [label] : changed.map((name) => `${label}, ${name}`);
}

/** The named parts of a setting; null where it has none and is one thing. An absent one has no part yet. */
function partsOf(value: unknown): Map<string, unknown> | null {
	if (value === undefined) return new Map();
	if (value === null || typeof value !== 'object' || Array.isArray(value) || '__rl' in value)
		return null;
	const parts = new Map<string, unknown>();
	for (const [name, part] of Object.entries(value)) {
		if (!Array.isArray(part)) parts.set(name, part);
		else if (part.every(isNamed))
			part.forEach((entry, index) => parts.set(`"${entry.name || index + 1}"`, entry));
		else return null;
	}
	return parts;
}

const isNamed = (entry: unknown): entry is { name: string } =>
	entry !== null &&
	typeof entry === 'object' &&
	typeof (entry as { name?: unknown }).name === 'string';
