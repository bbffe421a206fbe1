import { CHAIN_BROKEN } from '../../lib/alerts/alerts';
import { findChromium } from '../../sandbox/n8n/chromium';
import { readBooks } from '../../sandbox/start/sync-run';
import { escapeHtml, storable } from '../../lib/model/foreign-text';
import { openInBrowser } from './canary/browser';
import { fillInGp, fillInProcore, type Carrier } from './canary/fill-in';
import { EVALUATED, HOSTILE } from './canary/hostile';
import { databasePlaces, decryptedCredentials, filePlaces } from './canary/places';
import { findSecrets, type Place } from './canary/secrets';
import { liveThrough, type Told } from './canary/story';
import { API_KEY, openWorld, procoreAdmin, TAX_IDS, type World } from './canary/world';
import { syncedDirectCosts, waitUntil } from './support';

let world: World;
/** The hostile texts, with who carries them in GP. */
let carriers: Carrier[];
let told: Told;
/** Everything n8n keeps: tables of its database, files, what it printed. */
let kept: Place[];
/** Everything that people are shown. */
let shown: Place[];

beforeAll(async () => {
	world = await openWorld();
	carriers = await fillInGp(world.session, TAX_IDS);
	await fillInProcore(world.session, TAX_IDS.at(-1)!);
	told = await liveThrough(world, carriers);
	await waitUntil('n8n to forget the visits', async () => {
		const [executions] = named(await databasePlaces(world.session), /^table execution_entity$/);
		return !executions.text.includes(world.session.workflows['gpp-dashboard']);
	});
	kept = [...(await databasePlaces(world.session)), ...filePlaces(world.session)];
	shown = [
		...told.pages,
		{ name: 'the errors of executions', text: told.errors.join('\n') },
		{ name: 'alerts', text: world.messages.join('\n') },
		{ name: 'the CSV exports', text: told.csv.join('\n') },
		{ name: 'the Excel exports', text: told.xlsx.map(({ v }) => v).join('\n') },
	];
});
afterAll(async () => await world?.end());

const placesWith = (text: string, places = [...kept, ...shown]) =>
	places.filter((place) => place.text.includes(text)).map(({ name }) => name);
const named = (places: Place[], name: RegExp) => places.filter((place) => name.test(place.name));

describe('the search', () => {
	it('finds each secret where it belongs', async () => {
		const credentials = await decryptedCredentials(world.session);
		const found = findSecrets(world.secrets, [{ name: 'credentials', text: credentials }]);
		expect(found).toEqual(
			expect.arrayContaining([
				'the GP password in credentials',
				"Procore's client secret in credentials",
				"the page's password in credentials",
				'the matching key in credentials',
				'access token in credentials',
				'refresh token in credentials',
			]),
		);
		expect(findSecrets(world.secrets, named(kept, /^table user_api_keys$/))).toEqual([
			`${API_KEY} in table user_api_keys`,
		]);
	});

	it('finds them also when something encoded them', () => {
		const { password } = world.session.credentials.gp.data as { password: string };
		for (const text of [
			Buffer.from(`CONTOSO\\gpsvc:${password}`).toString('base64'),
			`7${Buffer.from(password, 'utf16le').toString('hex')}7`,
			TAX_IDS[0].replace(/-/g, ''),
		]) {
			expect(findSecrets(world.secrets, [{ name: 'a log', text: `x${text}y` }])).toHaveLength(1);
		}
	});

	it('finds what does belong into executions, tables, pages, exports and alerts', () => {
		const { vendorName } = carriers.find(({ text }) => text === HOSTILE.wildcards)!;
		const asStored = JSON.stringify(vendorName).slice(1, -1);
		expect(placesWith(asStored)).toContain('table execution_data');
		expect(placesWith(vendorName).filter((name) => /data_table_user/.test(name))).not.toEqual([]);
		expect(placesWith(vendorName)).toContain('the CSV exports');
		expect(placesWith(vendorName)).toContain('the Excel exports');
		expect(placesWith(escapeHtml(vendorName)).filter((name) => /^page/.test(name))).not.toEqual([]);
		expect(named(shown, /^alerts$/)[0].text).toContain('login');
	});
});

describe('secrets', () => {
	it('are in no table of the database, no execution, no log and no file', () => {
		const places = kept.filter(({ name }) => !/user_api_keys|database\.sqlite/.test(name));
		expect(findSecrets(world.secrets, places)).toEqual([]);
		// SQLite does not wipe what it deletes: the visits of the page stay readable in the bare file.
		const elsewhere = new RegExp(`^(${API_KEY}|the page's (password|login))$`);
		const others = world.secrets.filter(({ name }) => !elsewhere.test(name));
		expect(findSecrets(others, named(kept, /user_api_keys|database\.sqlite/))).toEqual([]);
	});

	it('are cut out where Procore repeats what it was sent', () => {
		expect(placesWith('client_secret=[hidden]')).toEqual(
			expect.arrayContaining(['table execution_data', 'the CSV exports']),
		);
	});

	it('are on no page, in no export, no alert and no error', () => {
		expect(findSecrets(world.secrets, shown)).toEqual([]);
	});

	it('go over no line but their own', () => {
		const { secrets, gpLine, procoreLine } = world;
		expect(findSecrets(secrets, [{ name: 'the line to GP', text: gpLine.sent() }])).toEqual([]);
		const sent = [{ name: 'the line to Procore', text: procoreLine.sent() }];
		const allowed = /client (secret|id)|(access|refresh) token/;
		const foreign = secrets.filter(({ name }) => !allowed.test(name));
		expect(findSecrets(foreign, sent)).toEqual([]);
		expect(findSecrets(secrets, sent).length).toBeGreaterThan(4);
	});

	it('do their work: a vendor is recognised by a tax id that stands nowhere', async () => {
		const adopted = await world.session.n8n.tables.rows('gpp_event', {
			entity: 'vendor',
			gp_key: carriers[TAX_IDS.length - 1].vendorId,
		});
		expect(adopted.map(({ outcome }) => outcome)).toContain('adopted');
	});
});

describe('hostile texts', () => {
	it('are calculated nowhere', async () => {
		expect(placesWith(EVALUATED)).toEqual([]);
		expect(world.procoreLine.sent()).not.toContain(EVALUATED);
	});

	it('arrive in Procore as they were typed', async () => {
		const vendors = await procoreAdmin<Array<Record<string, string>>>(
			world.session,
			'GET',
			'vendors',
		);
		const costs = await syncedDirectCosts(world.session);
		const typed = (text: string, width: number) => storable(text.slice(0, width)).trim();
		const wrong: unknown[] = [];
		for (const { text, vendorId, vendorName, sent } of carriers) {
			const vendor = vendors.find(({ origin_id }) => origin_id === `GP:TWO:V:${vendorId}`);
			const cost = costs.find(({ origin_id }) => origin_id?.includes(`:${sent}:`));
			// What was voided frees its number for the next one.
			const number = cost?.invoice_number?.replace(/ \(void \d+\)$/, '');
			const has = [vendor?.name, vendor?.city, number];
			const wants = [typed(vendorName, 65), typed(text, 35), typed(text, 20)];
			if (JSON.stringify(has) !== JSON.stringify(wants)) wrong.push({ has, wants, vendorId });
		}
		expect(wrong).toEqual([]);
	});

	it('are nothing but text on every page', async () => {
		const markup = [HOSTILE.script, HOSTILE.attribute, '<script>c4n', '<img onerror'];
		const raw = named(shown, /^(page|the answer)/).filter(({ text }) =>
			markup.some((one) => text.includes(one)),
		);
		expect(raw.map(({ name }) => name)).toEqual([]);
		const search = new URLSearchParams({ page: 'search', q: HOSTILE.script }).toString();
		expect(named(shown, /page=search/).find(({ name }) => name.endsWith(search))!.text).toContain(
			escapeHtml(`${HOSTILE.script} Vendor 0`),
		);
	});

	it('do nothing in a browser', async () => {
		const browser = findChromium();
		if (browser === null) {
			console.warn('SKIPPED: no Chromium is installed and none could be.');
			return;
		}
		const { session } = world;
		const real = /^page \?(page=(overview|waiting|reconciliation|search&q=%3C)|page=%22)/;
		const addresses = named(told.pages, real).map(
			({ name }) => `${session.n8n.url}/webhook/gpp-dashboard${name.slice('page '.length)}`,
		);
		expect(addresses.length).toBeGreaterThanOrEqual(5);
		expect(await openInBrowser(browser, session, addresses, told.pages)).toEqual({
			...{ ran: [], outside: [], elements: [] },
		});
	});

	it('are no formulas in a spreadsheet', () => {
		const formula = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|]/;
		const number = /^-?\d+(\.\d+)?$/;
		const risky = (text: unknown) =>
			typeof text === 'string' && formula.test(text) && !number.test(text);
		expect(told.csv.filter(risky)).toEqual([]);
		expect(told.xlsx.filter(({ f, v }) => f !== undefined || risky(v))).toEqual([]);
		expect(told.csv.some((cell) => cell.startsWith("'="))).toBe(true);
	});

	it('bring neither books nor audit trail out of order', async () => {
		const { tables } = world.session.n8n;
		const alerts = await tables.rows<{ condition: string }>('gpp_alert');
		expect(alerts.map(({ condition }) => condition)).not.toContain(CHAIN_BROKEN);
		const books = await readBooks(world.session);
		expect(books.suspects).toEqual([]);
		expect(books.unexplained).toBe('0.00');
	});
});
