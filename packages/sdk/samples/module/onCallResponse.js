// Waits until the friend takes the call or refuses it.
var nim = api.require('nim');

nim.onCallResponse(function (answer) {
  console.log(answer.callee + (answer.accepted ? ' takes the call' : ' does not want to talk'));
});

nim.startCall({ type: 1, callees: ['1002'] });
