import { ResponseError } from '@backstage/errors';

const names: Record<number, string> = {
  403: 'NotAllowedError',
  404: 'NotFoundError',
  409: 'ConflictError',
};

/** What a client throws when the backend refuses or fails. */
export function failure(
  status: number,
  message: string,
): Promise<ResponseError> {
  const body = {
    error: { name: names[status] ?? 'Error', message },
    response: { statusCode: status },
  };
  return ResponseError.fromResponse(
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json' },
    }),
  );
}

/** A question that always fails so. */
export function failing(status: number, message: string) {
  return async (): Promise<never> => {
    throw await failure(status, message);
  };
}
