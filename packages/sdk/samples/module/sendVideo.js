// Sends a clip; its first picture stands in the chat until somebody plays it.
var nim = api.require('nim');

nim.sendVideo(
  {
    sessionId: '1003',
    sessionType: 0,
    filePath: 'fs://clips/kite.mp4',
    displayName: 'My kite',
    ext: { filmedOn: 'the beach' },
  },
  function (ret, err) {
    if (err) console.error(err.errorMessage);
    else console.log(`${ret.message.displayName}: ${ret.message.coverUrl}`);
  },
);
