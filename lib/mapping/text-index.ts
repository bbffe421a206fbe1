/** Longer texts are looked up by their beginning. */
const LONGEST_KEY = 24;

/** Finds which of many short texts stand in a long one, without looking for each. */
export class TextIndex {
	/** By length of the text, then by the text. */
	private readonly byLength = new Map<number, Map<string, number[]>>();

	add(text: string, rule: number): void {
		const key = text.slice(0, LONGEST_KEY);
		const ofLength = this.byLength.get(key.length) ?? new Map<string, number[]>();
		this.byLength.set(key.length, ofLength);
		const others = ofLength.get(key);
		if (others) others.push(rule);
		else ofLength.set(key, [rule]);
	}

	/** Rules of the texts that stand in `text`, in no order; one may come twice. */
	*within(text: string): Generator<number> {
		for (const [length, ofLength] of this.byLength) {
			for (let at = 0; at + length <= text.length; at += 1) {
				const rules = ofLength.get(text.slice(at, at + length));
				if (rules) yield* rules;
			}
		}
	}
}
