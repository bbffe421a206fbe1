/** The header as it stands once written: a day of payment that is none is no field. */
export function withoutNoDate<Header extends { payment_date?: string }>(header: Header): Header {
	if (header.payment_date !== '') return header;
	const { payment_date: _, ...rest } = header;
	return rest as Header;
}
