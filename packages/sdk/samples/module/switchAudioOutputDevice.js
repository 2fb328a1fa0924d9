// Plays voice messages through the loudspeaker instead of the earpiece.
var nim = api.require('nim');
var LOUDSPEAKER = 1;

nim.switchAudioOutputDevice({ outputDevice: LOUDSPEAKER }, function (ret, err) {
  console.log(ret ? 'Loudspeaker on' : err.errorMessage);
});
