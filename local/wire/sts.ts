const escaped = (text: string): string => text.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** STS GetCallerIdentity, the one call of the query protocol that every tool begins with. */
export const callerIdentity = (principal: string, account: string, requestId: string): string =>
  `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${escaped(principal)}</Arn>` +
  `<UserId>LOCAL</UserId><Account>${account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;

export const queryError = (code: string, message: string, requestId: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;

/** The action of a query protocol body (`Action=GetCallerIdentity&Version=…`). */
export const queryAction = (body: Buffer): string | undefined => new URLSearchParams(body.toString('utf8')).get('Action') ?? undefined;
