"""A hub of WebSub: flask-websub on a free port of 127.0.0.1, which it prints.

Its work is done at once and not by a queue; all that it does as a hub is the package's own."""
import base64
import json
import sys

from celery import Celery
from flask import Flask, request
from flask_websub.hub import Hub, SQLite3HubStorage
from werkzeug.serving import make_server

app = Flask(__name__)
app.config['PUBLISH_SUPPORTED'] = True
celery = Celery(broker='memory://')
celery.conf.task_always_eager = True
hub = Hub(SQLite3HubStorage(sys.argv[1]), celery)
app.register_blueprint(hub.build_blueprint(url_prefix='/hub'))


@app.get('/callbacks')
def callbacks():
    """Whom the hub would tell of a topic."""
    found = hub.storage.get_callbacks(request.args['topic'])
    return json.dumps([callback for callback, _ in found])


@app.post('/distribute')
def distribute():
    """Tells of a topic with this document instead of the publisher's."""
    topic = request.args['topic']
    headers = {'Content-Type': request.content_type, 'Link': f'<{topic}>; rel="self", </>; rel="hub"'}
    content = base64.b64encode(request.get_data()).decode('ascii')
    hub.send_change_notification.delay(topic, {'headers': headers, 'content': content})
    return '', 202


server = make_server('127.0.0.1', 0, app, threaded=True)
print(server.port, flush=True)
server.serve_forever()
