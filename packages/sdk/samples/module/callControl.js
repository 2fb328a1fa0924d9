// Tells the other side that the microphone is off.
var nim = api.require('nim');
var MICROPHONE_OFF = 2;

nim.onCallCallEstablished(function (call) {
  nim.callControl({ callID: call.callID, type: MICROPHONE_OFF }, function (ret, err) {
    console.log(ret ? 'The other side knows' : err.errorMessage);
  });
});

nim.startCall({ type: 1, callees: ['1002'] });
