// Sends a picture from the album and shows its thumbnail.
var nim = api.require('nim');

nim.sendImage(
  {
    sessionId: '1002',
    sessionType: 0,
    filePath: 'fs://pictures/harbour.png',
    displayName: 'The harbour',
    ext: { album: 'Holidays' },
  },
  function (ret, err) {
    if (err) console.error(`Not sent: ${err.errorMessage}`);
    else console.log(`${ret.message.thumbPath}, ${ret.message.fileLength} bytes`);
  },
);
