import { ResponseError } from '@backstage/errors';

const names: Record<number, string> = {
  403: 'NotAllowedError',
  404: 'NotFoundError',
  409: 'ConflictError',
};

/** The error of a client when the backend rejects a request or fails. */
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

/** A request that always fails with it. */
export function failing(status: number, message: string) {
  return async (): Promise<never> => {
    throw await failure(status, message);
  };
}
