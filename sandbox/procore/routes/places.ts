/** Upper-case ISO 3166 codes only, and a state that belongs to its country (facts 2.4). */
const states: Record<string, Set<string>> = {
	US: new Set(
		(
			'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM ' +
			'NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU VI AS MP'
		).split(' '),
	),
	CA: new Set('AB BC MB NB NL NS NT NU ON PE QC SK YT'.split(' ')),
	AU: new Set('ACT NSW NT QLD SA TAS VIC WA'.split(' ')),
};

const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

export function knownCountry(code: string): boolean {
	return /^[A-Z]{2}$/.test(code) && regionNames.of(code) !== undefined;
}

export function stateFits(country: string, state: string): boolean {
	const known = states[country];
	return known ? known.has(state) : /^[A-Z0-9]{1,3}$/.test(state);
}
