// Starts the clock of a call once both sides can hear each other.
var nim = api.require('nim');
var startedAt;

nim.onCallCallEstablished(function (ret) {
  startedAt = Date.now();
  console.log(`Connected with ${ret.user} since ${startedAt}`);
});

nim.startCall({ type: 1, callees: ['1002'] });
