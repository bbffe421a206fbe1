import { html, type SafeHtml } from '../base/html';

/** A button that has the books compared; nothing where nobody has logged in. */
export function reconcileButton(token: string | null, company: string): SafeHtml | null {
	if (token === null) return null;
	return html`<form method="post">
		<input type="hidden" name="token" value="${token}" /><input
			type="hidden"
			name="act"
			value="reconcile"
		/><input type="hidden" name="company" value="${company}" /><button type="submit">
			Reconcile now
		</button>
	</form>`;
}
