/** Negotiate flags, MS-NLMP 2.2.2.5. Only those this client reads or sends. */
export const NegotiateFlag = {
	unicode: 0x00000001,
	requestTarget: 0x00000004,
	ntlm: 0x00000200,
	alwaysSign: 0x00008000,
	extendedSessionSecurity: 0x00080000,
	targetInfo: 0x00800000,
	version: 0x02000000,
	key128: 0x20000000,
	key56: 0x80000000,
} as const;

/**
 * What this client offers. Not OEM (names are UTF-16), not the LAN Manager key (NTLMv1), and neither
 * signing, sealing nor key exchange: HTTP protects its own messages by TLS.
 */
export const OFFERED_FLAGS =
	(NegotiateFlag.unicode |
		NegotiateFlag.requestTarget |
		NegotiateFlag.ntlm |
		NegotiateFlag.alwaysSign |
		NegotiateFlag.extendedSessionSecurity |
		NegotiateFlag.targetInfo |
		NegotiateFlag.version |
		NegotiateFlag.key128 |
		NegotiateFlag.key56) >>>
	0;

export const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');

/** VERSION, MS-NLMP 2.2.2.10: Windows 10, NTLMSSP revision 15. Informative only. */
export const VERSION = Buffer.from([10, 0, 0x61, 0x4a, 0, 0, 0, 15]);
