// Tells a team where to meet.
var nim = api.require('nim');

nim.sendLocationMsg(
  {
    sessionId: '64430396',
    sessionType: 1,
    title: 'West Lake, north gate',
    latitude: 30.2592,
    longitude: 120.1496,
    ext: { floor: 1 },
  },
  function (ret, err) {
    if (err) return console.error(err.errorMessage);
    console.log(`${ret.message.title} at ${ret.message.latitude}, ${ret.message.longitude}`);
  },
);
