/** Months compared, `YYYY-MM`, inclusive; absent = open. */
export interface Months {
	from?: string;
	to?: string;
}

export function isWithin(month: string, { from, to }: Months): boolean {
	return (from === undefined || month >= from) && (to === undefined || month <= to);
}
