// The loudspeaker button of a call.
var nim = api.require('nim');

nim.onCallCallEstablished(function () {
  nim.setCallSpeaker({ useSpeaker: true }, function (ret, err) {
    console.log(ret ? 'Loudspeaker on' : err.errorMessage);
  });
});

nim.startCall({ type: 1, callees: ['1002'] });
