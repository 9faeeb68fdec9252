// Loaded into the server before its own code. When the process that started it is killed without a
// chance to pass the signal on, the channel between them closes, and the server ends in good order
// instead of keeping the port and the data directory.
if (process.channel !== undefined) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
