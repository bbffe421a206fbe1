/** Choices per dimension, e.g. { freight: ['spread', 'ownLine'] }. */
export type Dimensions = Record<string, readonly unknown[]>;
export type Combination = Record<string, unknown>;

/** Every combination there is. */
export function everyCombination(dimensions: Dimensions): Combination[] {
	return Object.entries(dimensions).reduce<Combination[]>(
		(all, [name, values]) =>
			all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
		[{}],
	);
}

/** A few combinations in which each two choices of different dimensions meet at least once. */
export function allPairs(dimensions: Dimensions): Combination[] {
	const names = Object.keys(dimensions);
	const open = new Set<string>();
	names.forEach((left, index) => {
		for (const right of names.slice(index + 1)) {
			for (const one of dimensions[left]) {
				for (const other of dimensions[right]) open.add(pair(left, one, right, other));
			}
		}
	});
	const chosen: Combination[] = [];
	while (open.size > 0) {
		// Begins with a pair not met yet, then takes for each dimension what meets most new ones.
		const [first, one, second, other] = JSON.parse([...open][0]) as [
			string,
			unknown,
			string,
			unknown,
		];
		const combination: Combination = { [first]: one, [second]: other };
		for (const name of names) {
			if (name in combination) continue;
			const gain = (value: unknown) =>
				Object.entries(combination).filter(([known, chosenValue]) =>
					open.has(ordered(names, known, chosenValue, name, value)),
				).length;
			combination[name] = [...dimensions[name]].sort((left, right) => gain(right) - gain(left))[0];
		}
		names.forEach((left, index) => {
			for (const right of names.slice(index + 1)) {
				open.delete(pair(left, combination[left], right, combination[right]));
			}
		});
		chosen.push(Object.fromEntries(names.map((name) => [name, combination[name]])));
	}
	return chosen;
}

function pair(left: string, one: unknown, right: string, other: unknown): string {
	return JSON.stringify([left, one, right, other]);
}

function ordered(names: string[], left: string, one: unknown, right: string, other: unknown) {
	return names.indexOf(left) < names.indexOf(right)
		? pair(left, one, right, other)
		: pair(right, other, left, one);
}
