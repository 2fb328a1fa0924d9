// Closes the page of a call that breaks off.
var nim = api.require('nim');

nim.onCallCallEstablished(function (call) {
  console.log(`Talking to ${call.user}`);
});

nim.onCallCallDisconnected(function () {
  console.log('The connection was lost');
});

nim.startCall({ type: 1, callees: ['1002'] });
