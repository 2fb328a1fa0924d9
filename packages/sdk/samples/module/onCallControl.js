// Shows what the other side of a call does.
var nim = api.require('nim');
var meanings = { 1: 'microphone on', 2: 'microphone off', 3: 'camera on', 4: 'camera off', 9: 'busy', 12: 'ringing' };

nim.onCallControl(function (signal) {
  console.log(`${signal.user}: ${meanings[signal.control] || `signal ${signal.control}`}`);
});

nim.startCall({ type: 1, callees: ['1002'] });
