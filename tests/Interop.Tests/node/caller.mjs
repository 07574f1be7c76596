// node caller.mjs ADDRESS call JSON      makes the call that the JSON describes (EchoCall.cs) and prints what came of it (Outcome)
// node caller.mjs ADDRESS health NAME    prints the health of a service
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const [address, order, argument] = process.argv.slice(2);
const protos = ['../Protos/echo.proto', 'health.proto'].map((file) => new URL(file, import.meta.url).pathname);
const { equecel, grpc: standard } = grpc.loadPackageDefinition(loadSync(protos, { enums: String, defaults: true }));
const credentials = grpc.credentials.createInsecure();

const announce = (options, nextCall) =>
  new grpc.InterceptingCall(nextCall(options), {
    start(metadata, listener, next) {
      metadata.set('x-client-interceptor', 'node');
      next(metadata, listener);
    },
  });

function makeCall(call) {
  const client = new equecel.interop.v1.EchoService(address, credentials, {
    interceptors: [announce],
    ...(call.Gzip && { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip }),
  });

  const metadata = new grpc.Metadata();
  metadata.set('x-call', call.Id);
  if (call.Header !== null) metadata.set('x-echo', call.Header);
  if (call.BinaryHeader !== null) metadata.set('x-echo-bin', Buffer.from(call.BinaryHeader, 'base64'));
  const options = call.DeadlineMilliseconds === null ? {} : { deadline: Date.now() + call.DeadlineMilliseconds };
  const requests = call.Texts.map((text) => ({ text, times: call.Times, behaviour: call.Behaviour }));

  return new Promise((resolve) => {
    const answers = [];
    let header = null;
    const receive = (answer) => {
      answers.push(answer.text);
      if (answers.length === call.CancelAfter) running.cancel();
    };
    const single = (error, answer) => answer && receive(answer);

    let running;
    switch (call.Method) {
      case 'Echo':
        running = client.Echo(requests[0], metadata, options, single);
        break;
      case 'Join':
        running = client.Join(metadata, options, single);
        requests.forEach((request) => running.write(request));
        running.end();
        break;
      case 'Repeat':
        running = client.Repeat(requests[0], metadata, options);
        running.on('data', receive);
        break;
      case 'Converse': {
        // The next request goes out when the last one is answered.
        running = client.Converse(metadata, options);
        const send = () => (requests.length > 0 ? running.write(requests.shift()) : running.end());
        running.on('data', (answer) => {
          receive(answer);
          send();
        });
        send();
        break;
      }
    }

    running.on('error', () => {}); // Told by the status.
    running.on('metadata', (headers) => {
      header = headers.get('x-echo')[0] ?? null;
    });
    running.on('status', (status) => {
      const trailer = (name) => status.metadata.get(name)[0] ?? null;
      resolve({
        Answers: answers,
        Status: status.code,
        Detail: status.details,
        Header: header,
        BinaryTrailer: trailer('x-echo-bin')?.toString('base64') ?? null,
        Interceptors: trailer('x-interceptors'),
        StatusDetails: trailer('grpc-status-details-bin')?.toString('base64') ?? null,
      });
    });
  });
}

if (order === 'health') {
  const client = new standard.health.v1.Health(address, credentials);
  client.Check({ service: argument }, (error, answer) => {
    if (error) throw error;
    process.stdout.write(answer.status);
  });
} else {
  process.stdout.write(JSON.stringify(await makeCall(JSON.parse(argument))));
}
