const maxTokenLength = 4_096;

/** The token of a header `Authorization: Bearer TOKEN`; undefined when there is none. */
export function bearerTokenOf(
  authorization: string | undefined,
): string | undefined {
  const [, token] =
    /^Bearer +([\w\-.~+/]+=*)$/i.exec(authorization ?? '') ?? [];
  return token !== undefined && token.length <= maxTokenLength
    ? token
    : undefined;
}
