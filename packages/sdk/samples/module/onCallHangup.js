// Goes back to the chat when the other side hangs up.
var nim = api.require('nim');

nim.onCallHangup(function (ret) {
  console.log(`Call ${ret.callID} is over`);
});

nim.startCall({ type: 1, callees: ['1002'] });
